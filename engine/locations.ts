import { createHash } from 'node:crypto';
import { homedir, tmpdir, userInfo } from 'node:os';
import path from 'node:path';

/** sun_path is 108 bytes on Linux and 104 on macOS, terminator included. */
const MAX_SOCKET_PATH = 100;

/** `dist/engine` → the package's root. */
export const PACKAGE_ROOT = path.join(__dirname, '..', '..');

/**
 * Where this engine keeps its indexes, models and log: beside n8n's own data, so that a backup or a
 * Docker volume of `.n8n` holds the photos' index too.
 */
export function defaultDataDir(env: NodeJS.ProcessEnv = process.env): string {
	const chosen = env['SEMANTIC_IMAGE_SEARCH_DATA'];
	if (chosen) return path.resolve(chosen);
	return path.join(env['N8N_USER_FOLDER'] || homedir(), '.n8n', 'semantic-image-search');
}

/** The unix socket (named pipe on Windows) of the engine that owns a data folder. */
export function socketPath(dataDir: string): string {
	const digest = createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 16);
	if (process.platform === 'win32') return `\\\\.\\pipe\\semantic-image-search-${digest}`;
	const inside = path.join(path.resolve(dataDir), 'engine.sock');
	if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH) return inside;
	return path.join(tmpdir(), `semantic-image-search-${userInfo().uid}-${digest}`, 'engine.sock');
}

export function logPath(dataDir: string): string {
	return path.join(dataDir, 'engine.log');
}
