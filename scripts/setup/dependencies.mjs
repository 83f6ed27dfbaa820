import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.mjs';
import { withLock } from './lock.mjs';
import { ROOT } from './paths.mjs';
import { step } from './step.mjs';

/** n8n 2.41 and node:sqlite need Node 24; the devDependency `node` brings its binary. */
export const NODE = join(ROOT, 'node_modules', 'node', 'bin', 'node');

/** Installs what package-lock.json asks for, and the Node that runs everything else. */
export async function installDependencies() {
	if (installed() && existsSync(NODE)) return;
	await withLock(join(ROOT, '.cache', 'dependencies.lock'), async () => {
		if (!installed()) {
			await step('Installing dependencies (npm ci)', (say) =>
				command('npm', ['ci', '--no-audit', '--no-fund'], { cwd: ROOT, say }),
			);
		}
		if (!existsSync(NODE)) {
			await step('Installing Node 24', (say) =>
				// The package's own install script fetches the binary's package from the registry.
				command('npm', ['rebuild', 'node', '--ignore-scripts=false'], { cwd: ROOT, say }),
			);
		}
	});
}

/**
 * Whether node_modules holds every version the lock names. npm keeps its own record of what it
 * installed; comparing contents, not dates, survives `git checkout` and a colleague's `npm i`.
 */
function installed() {
	const record = join(ROOT, 'node_modules', '.package-lock.json');
	if (!existsSync(record)) return false;
	const have = packages(record);
	return Object.entries(packages(join(ROOT, 'package-lock.json'))).every(
		([path, { version, optional, devOptional }]) =>
			path === '' || optional || devOptional || have[path]?.version === version,
	);
}

function packages(lockFile) {
	return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}
