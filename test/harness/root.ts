import { homedir } from 'node:os';
import { join } from 'node:path';

/** The clone. This file runs as dist/test/harness/root.js. */
export const ROOT = join(__dirname, '..', '..', '..');

/** Big things shared by all clones; scripts/run.mjs says where. */
export const CACHE =
	process.env.SIS_CACHE ?? join(homedir(), '.cache', 'n8n-nodes-semantic-image-search');
