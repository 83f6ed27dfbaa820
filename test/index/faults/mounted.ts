import { execFile, execFileSync } from 'node:child_process';
import type { TestContext } from 'node:test';

/** What mounts cost and show is a matter of one process and its children; nothing is left behind. */
const UNSHARE = ['--mount', ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'])];

/** Skips the test, with the reason, where a process cannot have mounts of its own. */
export function needsMounts(t: TestContext): boolean {
	try {
		execFileSync('unshare', [...UNSHARE, 'true'], { stdio: 'pipe' });
		return true;
	} catch (error) {
		t.skip(`no mounts of our own: ${(error as Error).message.trim()}`);
		return false;
	}
}

/**
 * Runs a compiled script in a mount namespace of its own. Throws, with all it said, if it fails.
 *
 * @param mounts shell commands; `$FOLDER` is the folder
 * @returns what it wrote to its standard output
 */
export function runMounted(
	script: string,
	{ mounts, folder }: { mounts: string; folder: string },
	timeoutMs = 120_000,
): Promise<string> {
	const command = [...UNSHARE, 'sh', '-c', `set -e; ${mounts}; exec "$0" "$@"`];
	return new Promise((resolve, reject) => {
		execFile(
			'unshare',
			[...command, process.execPath, '--enable-source-maps', script, folder],
			{ timeout: timeoutMs, env: { ...process.env, FOLDER: folder } },
			(error, stdout, stderr) => {
				if (error) reject(new Error(`${error.message}\n${stdout}\n${stderr}`));
				else resolve(stdout);
			},
		);
	});
}
