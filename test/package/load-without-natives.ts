/**
 * `node load-without-natives.js PACKAGE_FOLDER`: requires every node and credential file as n8n
 * does at its start, in a process where no native code can be loaded, and prints what it found.
 */
import { existsSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import { basename, dirname, join } from 'node:path';

const NATIVE = /^(onnxruntime-(node|web|common)|sharp|@img\/.*|faiss-node)(\/|$)/;

interface Loaded {
	file: string;
	name: string;
	icons: string[];
	missingIcons: string[];
}

type Loader = (request: string, parent: unknown, isMain: boolean) => unknown;
const internals = Module as unknown as {
	_load: Loader;
	_extensions: Record<string, (module: unknown, filename: string) => void>;
};
const load = internals._load;
internals._load = function (request, parent, isMain) {
	if (NATIVE.test(request)) throw new Error(`${request} is not loadable here`);
	return load.call(this, request, parent, isMain);
};
internals._extensions['.node'] = (_module, filename) => {
	throw new Error(`${filename} is not loadable here`);
};

const folder = process.argv[2] ?? '';
const { n8n } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[]; credentials: string[] };
};
process.stdout.write(JSON.stringify([...n8n.nodes, ...n8n.credentials].map(loadFile)));

function loadFile(file: string): Loaded {
	const path = join(folder, file);
	const className = basename(file).split('.')[0] ?? '';
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const exported = require(path) as Record<string, new () => Record<string, unknown>>;
	const Class = exported[className];
	if (!Class) throw new Error(`${file} does not export ${className}`);
	const instance = new Class();
	const described = (instance.description ?? instance) as { name: string; icon?: unknown };
	const icons = iconsOf(described.icon);
	return {
		file,
		name: described.name,
		icons,
		missingIcons: icons.filter((icon) => !existsSync(join(dirname(path), icon))),
	};
}

/** n8n's icon is one `file:` name, or one each for light and dark. */
function iconsOf(icon: unknown): string[] {
	const names = typeof icon === 'object' && icon !== null ? Object.values(icon) : [icon];
	return names
		.filter((name): name is string => typeof name === 'string' && name.startsWith('file:'))
		.map((name) => name.slice('file:'.length));
}
