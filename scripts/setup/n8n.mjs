import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { command } from './command.mjs';
import { NODE } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { CACHE } from './paths.mjs';
import { step } from './step.mjs';

export const N8N_VERSION = '2.41.1';
export const N8N_FOLDER = join(CACHE, `n8n-${N8N_VERSION}`);
/** Written last, so a folder without it was interrupted half-way. */
const COMPLETE = join(N8N_FOLDER, '.complete');

/** Installs the pinned n8n, once per machine: 2.8 GB, about five minutes. */
export async function installN8n() {
	if (existsSync(COMPLETE)) return;
	await step(`Installing n8n ${N8N_VERSION} (once, about 5 minutes)`, (say) =>
		withLock(
			`${N8N_FOLDER}.lock`,
			async () => {
				if (existsSync(COMPLETE)) return;
				// npm's own leftovers of an interrupted install can be neither trusted nor repaired.
				rmSync(N8N_FOLDER, { recursive: true, force: true });
				mkdirSync(N8N_FOLDER, { recursive: true });
				writeFileSync(join(N8N_FOLDER, 'package.json'), '{ "private": true }\n');
				const env = { PATH: `${dirname(NODE)}${delimiter}${process.env.PATH}` };
				const npm = (...args) => command('npm', args, { cwd: N8N_FOLDER, env, say });
				await npm('i', '--ignore-scripts', '--no-audit', '--no-fund', `n8n@${N8N_VERSION}`);
				await npm('rebuild', 'sqlite3', '--ignore-scripts=false');
				writeFileSync(COMPLETE, new Date().toISOString());
			},
			say,
		),
	);
}
