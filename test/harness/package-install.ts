import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	existsSync,
	linkSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
	copyFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { withLock } from './lock';
import { CACHE, ROOT } from './root';

const run = promisify(execFile);

/** Dependency trees of other versions that are kept, for clones side by side. */
const KEPT_TREES = 3;

/** n8n's own words, from `downloadPackage` in its community-packages service. */
const INSTALL = [
	'install',
	'--audit=false',
	'--fund=false',
	'--bin-links=false',
	'--install-strategy=shallow',
	'--ignore-scripts=true',
	'--package-lock=false',
];

export interface Tarball {
	file: string;
	bytes: number;
	unpackedBytes: number;
	integrity: string;
	/** Paths inside the package. */
	files: string[];
}

interface Manifest {
	name: string;
	dependencies?: Record<string, string>;
	[key: string]: unknown;
}

/** `npm pack` into `folder`. */
export async function pack(folder: string): Promise<Tarball> {
	const { stdout } = await run(
		'npm',
		['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
		{ cwd: ROOT, maxBuffer: 16 * 1024 * 1024 },
	);
	// npm 12 answers an object by package name, npm 11 and older a list.
	const [packed] = Object.values(
		JSON.parse(stdout) as Record<
			string,
			{
				filename: string;
				size: number;
				unpackedSize: number;
				integrity: string;
				files: { path: string }[];
			}
		>,
	);
	if (!packed) throw new Error('npm pack made nothing');
	return {
		file: join(folder, basename(packed.filename)),
		bytes: packed.size,
		unpackedBytes: packed.unpackedSize,
		integrity: packed.integrity,
		files: packed.files.map(({ path }) => path),
	};
}

/**
 * Installs this package into an n8n user folder exactly as n8n's GUI does: pack, unpack, drop the
 * dev, peer and optional dependencies, and let npm install the rest without running any script.
 * The dependency tree is kept between runs and hard-linked; the package itself is always this
 * clone's. Resolves with the package's folder.
 */
export async function installPackage(userFolder: string): Promise<string> {
	const scratch = mkdtempSync(join(tmpdir(), 'sis-pack-'));
	try {
		const tarball = await pack(scratch);
		const nodes = join(userFolder, '.n8n', 'nodes');
		const { name } = manifestOf(ROOT);
		const target = join(nodes, 'node_modules', name);
		const stamp = join(nodes, `.${name}.installed`);
		if (existsSync(stamp) && readFileSync(stamp, 'utf8') === tarball.integrity) return target;
		rmSync(stamp, { force: true });
		rmSync(target, { recursive: true, force: true });
		mkdirSync(target, { recursive: true });
		await run('tar', ['-xzf', tarball.file, '-C', target, '--strip-components=1']);
		const manifest = withoutOtherDependencies(manifestOf(target));
		writeFileSync(join(target, 'package.json'), JSON.stringify(manifest, null, 2));
		linkTree(join(await dependencyTree(manifest), 'node_modules'), join(target, 'node_modules'));
		writeFileSync(stamp, tarball.integrity);
		return target;
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

/** The folder whose node_modules npm filled for these dependencies, installing it if needed. */
async function dependencyTree(manifest: Manifest): Promise<string> {
	const trees = join(CACHE, 'package');
	const key = createHash('sha256')
		.update(JSON.stringify([manifest.dependencies, process.version, process.arch]))
		.digest('hex')
		.slice(0, 16);
	const tree = join(trees, key);
	await withLock(join(trees, `${key}.lock`), async () => {
		if (!existsSync(tree)) {
			const unfinished = `${tree}.part`;
			rmSync(unfinished, { recursive: true, force: true });
			mkdirSync(unfinished, { recursive: true });
			writeFileSync(join(unfinished, 'package.json'), JSON.stringify(manifest, null, 2));
			await run('npm', INSTALL, { cwd: unfinished, maxBuffer: 16 * 1024 * 1024 });
			renameSync(unfinished, tree);
		}
		const now = new Date();
		utimesSync(tree, now, now);
		removeOldTrees(trees);
	});
	return tree;
}

function removeOldTrees(trees: string): void {
	const byAge = readdirSync(trees, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && !entry.name.endsWith('.part'))
		.map((entry) => join(trees, entry.name))
		.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
	for (const old of byAge.slice(KEPT_TREES)) rmSync(old, { recursive: true, force: true });
}

function manifestOf(folder: string): Manifest {
	return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

function withoutOtherDependencies(manifest: Manifest): Manifest {
	const kept = { ...manifest };
	delete kept.devDependencies;
	delete kept.peerDependencies;
	delete kept.optionalDependencies;
	return kept;
}

/** Hard links cost neither time nor room; across file systems the files are copied. */
function linkTree(from: string, to: string): void {
	mkdirSync(to, { recursive: true });
	for (const entry of readdirSync(from, { withFileTypes: true })) {
		const source = join(from, entry.name);
		const target = join(to, entry.name);
		if (entry.isDirectory()) linkTree(source, target);
		else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
		else linkFile(source, target);
	}
}

function linkFile(source: string, target: string): void {
	try {
		linkSync(source, target);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
		copyFileSync(source, target);
	}
}
