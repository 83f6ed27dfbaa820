import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import type { ICredentialType, INodeType, Themed } from 'n8n-workflow';
import { PACKAGE_ROOT } from '../../engine/locations';

const { name, n8n } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
};

/** As n8n does it: the class is named like the file. */
function load<T>(file: string): T {
	const className = basename(file).split('.')[0]!;
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- it is what n8n does
	const exported = require(join(PACKAGE_ROOT, file)) as Record<string, new () => T>;
	return new exported[className]!();
}

/** The file in the sources that a file in dist/ was made from or copied from. */
function source(file: string): string {
	return join(PACKAGE_ROOT, file.replace(/^dist\//, ''));
}

function assertIcons(file: string, icon: unknown): void {
	const { light, dark } = icon as Exclude<Themed<string>, string>;
	assert.notEqual(light, dark);
	for (const path of [light, dark]) {
		const svg = join(dirname(source(file)), path.replace('file:', ''));
		assert.ok(existsSync(svg), `${svg} is missing: the editor would show a question mark`);
	}
}

describe('what n8n loads', () => {
	for (const file of n8n.nodes) {
		test(`${basename(file)} loads, and has its icons and codex file`, () => {
			const { description, methods } = load<INodeType>(file);
			assertIcons(file, description.icon);

			const codex = JSON.parse(readFileSync(source(file).replace(/\.js$/, '.json'), 'utf8')) as {
				node: string;
			};
			assert.equal(codex.node, `${name}.${description.name}`);

			// A method that is not there fails only in the editor, when someone opens the list.
			const text = JSON.stringify(description);
			for (const [, method] of text.matchAll(/"searchListMethod":"(\w+)"/g)) {
				assert.ok(methods?.listSearch?.[method!], `there is no list ${method}`);
			}
			for (const [, method] of text.matchAll(/"testedBy":"(\w+)"/g)) {
				assert.ok(methods?.credentialTest?.[method!], `there is no credential test ${method}`);
			}
			const isTrigger = description.group.includes('trigger');
			assert.equal(description.usableAsTool, isTrigger ? undefined : true);
		});
	}

	for (const file of n8n.credentials) {
		test(`${basename(file)} loads, hides its secrets and can be tested`, () => {
			const credential = load<ICredentialType>(file);
			assertIcons(file, credential.icon);
			for (const property of credential.properties) {
				if (/token|secret|^apiKey$/i.test(property.name)) {
					assert.equal(property.typeOptions?.password, true, `${property.name} is shown in clear`);
				}
			}
			const testedByNode = n8n.nodes.some((node) =>
				load<INodeType>(node).description.credentials?.some(
					(used) => used.name === credential.name && used.testedBy,
				),
			);
			assert.ok(credential.test ?? testedByNode);
		});
	}

	test('no native module is loaded into n8n: one crash there would end n8n', () => {
		[...n8n.nodes, ...n8n.credentials].forEach(load);
		const native = Object.keys(require.cache).filter((path) =>
			/\.node$|[\\/]node_modules[\\/](onnxruntime-node|sharp|faiss-node)[\\/]/.test(path),
		);
		assert.deepEqual(native, []);
	});
});
