import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.mjs';
import { NODE } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { ROOT } from './paths.mjs';
import { step } from './step.mjs';

const SOURCES = [
	'bench',
	'cli',
	'credentials',
	'demo',
	'engine',
	'eval',
	'nodes',
	'test',
	'workflows',
];
const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'gulpfile.js'];
const DIST = join(ROOT, 'dist');
const STAMP = join(DIST, '.compiled');
const BIN = join(ROOT, 'node_modules', '.bin');

/** Compiles to dist/ if a source changed, appeared or went since the last time. */
export async function compile() {
	if (stamp() === fingerprint()) return;
	await withLock(join(ROOT, '.cache', 'compile.lock'), async () => {
		const current = fingerprint();
		if (stamp() === current) return;
		await step('Compiling', async (say) => {
			rmSync(STAMP, { force: true });
			await command(NODE, [join(BIN, 'tsc'), '-p', 'tsconfig.json'], { cwd: ROOT, say });
			removeOrphans();
			await command(NODE, [join(BIN, 'gulp'), '--silent', 'build'], { cwd: ROOT, say });
			writeFileSync(STAMP, current);
		});
	});
}

function stamp() {
	return existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : undefined;
}

/** Names, sizes and times: a second run must not spend its time on reading sources. */
function fingerprint() {
	const hash = createHash('sha256');
	for (const file of [...SETTINGS, ...SOURCES.flatMap(filesUnder)].sort()) {
		const stats = statSync(join(ROOT, file), { throwIfNoEntry: false });
		if (stats) hash.update(`${file}\0${stats.size}\0${stats.mtimeMs}\n`);
	}
	return hash.digest('hex');
}

/**
 * Removes what tsc wrote for sources that are gone: a deleted test must not run, nor a deleted node
 * ship in the package. WebAssembly always goes: gulp writes it anew.
 */
function removeOrphans() {
	for (const file of SOURCES.flatMap((folder) => filesUnder(join('dist', folder)))) {
		const source = file.slice('dist/'.length).replace(/(\.d\.ts|\.js)(\.map)?$/, '.ts');
		const orphan = source.endsWith('.ts') && !existsSync(join(ROOT, source));
		if (orphan || file.endsWith('.wasm')) rmSync(join(ROOT, file));
	}
}

/** Paths relative to the root, `/` between folders. */
export function filesUnder(folder) {
	if (!existsSync(join(ROOT, folder))) return [];
	return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) =>
			join(entry.parentPath ?? entry.path, entry.name)
				.slice(ROOT.length + 1)
				.replaceAll('\\', '/'),
		);
}
