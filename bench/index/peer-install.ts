import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { CACHE } from '../../test/harness/root';

const INSTALL_MS = 10 * 60_000;
const run = promisify(execFile);

/**
 * The folder with these packages in its node_modules: installed once for all clones of a machine,
 * and without install scripts, as n8n installs.
 *
 * @throws Error where they cannot be had
 */
export async function npmPackages(packages: string[]): Promise<string> {
	return await installed(packages, async (folder) => {
		writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
		// LanceDB's optional packages are other companies' models; what a platform needs is named.
		const flags = ['--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'];
		const env = {
			...process.env,
			PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
		};
		const shell = process.platform === 'win32';
		const options = { cwd: folder, timeout: INSTALL_MS, env, shell };
		await run('npm', ['install', ...flags, ...packages], options);
	});
}

/**
 * A Python with these packages, in a virtual environment of its own.
 *
 * @throws Error where there is no Python, or they cannot be had
 */
export async function pythonWith(requirements: string[]): Promise<string> {
	const python = process.env['PYTHON'] || 'python3';
	const inside = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
	const folder = await installed(requirements, async (folder) => {
		// Its Python still finds it when the folder is given its name.
		await run(python, ['-m', 'venv', folder], { timeout: INSTALL_MS });
		const flags = ['--quiet', '--disable-pip-version-check'];
		const options = { timeout: INSTALL_MS };
		await run(
			join(folder, ...inside),
			['-m', 'pip', 'install', ...flags, ...requirements],
			options,
		);
	});
	return join(folder, ...inside);
}

/** A folder that is there is whole. */
async function installed(
	what: string[],
	install: (folder: string) => Promise<void>,
): Promise<string> {
	const parent = join(CACHE, 'bench-peers');
	const folder = join(
		parent,
		what
			.join('+')
			.replace(/[^\w.@+-]/g, '_')
			.slice(0, 120),
	);
	if (existsSync(folder)) return folder;
	mkdirSync(parent, { recursive: true });
	const scratch = mkdtempSync(join(parent, '.installing-'));
	try {
		await install(scratch);
		renameSync(scratch, folder);
		return folder;
	} catch (error) {
		rmSync(scratch, { recursive: true, force: true });
		if (existsSync(folder)) return folder;
		throw new Error(reasonOf(error));
	}
}

/** The last line that the installer wrote, of what may be many. */
function reasonOf(error: unknown): string {
	const { stderr, message } = error as Error & { stderr?: string };
	return (stderr?.trim().split('\n').at(-1) || message.split('\n')[0]!).slice(0, 300);
}
