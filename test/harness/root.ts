import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The clone. This file runs as dist/test/harness/root.js. */
export const ROOT = join(__dirname, '..', '..', '..');

/** Big things shared by all clones; scripts/run.mjs says where. */
export const CACHE =
	process.env.SIS_CACHE ?? join(homedir(), '.cache', 'n8n-nodes-semantic-image-search');

/**
 * Where this clone keeps an installation. Outside of the clone: an installed package inside of it
 * would find the clone's node_modules, FAISS and all, which it does not find at a user's.
 */
export function siteFolder(name: string): string {
	const clone = createHash('sha256').update(ROOT).digest('hex').slice(0, 8);
	return join(CACHE, 'sites', `${name}-${clone}`);
}

/** A new folder for one run, in a place like {@link siteFolder}'s; whoever asks removes it. */
export function scratchFolder(name: string): string {
	const folder = join(CACHE, 'scratch');
	mkdirSync(folder, { recursive: true });
	return mkdtempSync(join(folder, `${name}-`));
}
