/** The engine process. Settings come from the environment; see config.ts. */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { setPriority } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { socketPath } from '../locations';
import { VERSION } from '../version';
import { Activity } from './activity';
import { createApp } from './app';
import { ConfigError, readConfig, type Config } from './config';
import { createEngine } from './engine';
import { describeHolder } from './folder-holder';
import { lockDataFolder } from './instance-lock';

/** Requests in flight get this long to end before the process leaves anyway. */
const DRAIN_MS = 20_000;
/** After that the process leaves whatever still hangs; SQLite is safe at any moment. */
const STOP_MS = 30_000;
const IDLE_CHECK_MS = 1_000;
/** Longer than the clients wait for the longest answer (ten minutes). */
const SILENCE_MS = 15 * 60_000;
/**
 * Of an engine that n8n started: on the cores they share, n8n's own work comes first. 20 ms of work
 * beside an indexing engine took 74 ms at equal priority and 44 ms at this one (two busy cores).
 */
const NICE = 5;

const log = pino({
	level: process.env['SEMANTIC_IMAGE_SEARCH_LOG_LEVEL'] || 'info',
	// What could carry a secret is never written, whoever logs it.
	redact: {
		paths: [
			'*.secret_access_key',
			'*.session_token',
			'*.api_key',
			'*.token',
			'*.authorization',
			'req.headers',
			's3',
			'ollama',
		],
		censor: '[redacted]',
	},
});

async function main(): Promise<void> {
	const config = readConfig();
	const lock = lockDataFolder(config.dataDir);
	if (!lock) {
		// Somebody else's engine serves this folder: for a starter that is as good as its own.
		log.info(
			`another engine owns the data folder ${config.dataDir}: ${describeHolder(config.dataDir)}. Stop it with “semantic-image-search stop”, or choose another folder in SEMANTIC_IMAGE_SEARCH_DATA`,
		);
		return;
	}
	// Before the threads start: they inherit it.
	if (!config.tcp) setPriority(NICE);
	const engine = createEngine(config, log);
	const activity = new Activity();
	let stopping = false;

	const app = await createApp({
		engine,
		activity,
		stopping: () => stopping,
		stop: (reason) => void stop(reason),
	});
	await app.ready();
	const local = await listenLocally(config, app.routing);
	const remote = config.tcp && (await listenOnTcp(config.tcp, app.routing));
	log.info(
		{ version: VERSION, pid: process.pid, tcp: config.tcp?.port, model: config.defaultModel },
		'engine ready',
	);

	const idleTimer = setInterval(() => {
		if (activity.idleFor() > config.idleMs && !engine.busy()) void stop('idle');
	}, IDLE_CHECK_MS);
	for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => void stop(name));

	async function stop(reason: string): Promise<void> {
		if (stopping) return;
		stopping = true;
		clearInterval(idleTimer);
		setTimeout(() => process.exit(0), STOP_MS).unref();
		log.info({ reason }, 'engine stops');
		const deadline = Date.now() + DRAIN_MS;
		for (const server of [local, remote]) {
			server?.close();
			server?.closeIdleConnections();
		}
		while (activity.idleFor() === 0 && Date.now() < deadline)
			await new Promise((resolve) => setTimeout(resolve, 20));
		await app.close();
		await engine.close().catch((error: unknown) => log.error({ err: error }, 'closing failed'));
		lock?.release();
		// Worker threads with native code may still hold the loop; everything durable is closed.
		process.exit(0);
	}
}

type Listener = Parameters<typeof createServer>[1];

async function listenLocally(config: Config, listener: Listener) {
	const socket = socketPath(config.dataDir);
	if (process.platform !== 'win32') {
		mkdirSync(path.dirname(socket), { recursive: true, mode: 0o700 });
		requireOwn(path.dirname(socket));
		// Holding the lock, a socket that is there belongs to a dead engine.
		rmSync(socket, { force: true });
	}
	const server = createServer(listener);
	// Nobody else may connect, not even between creating the socket and guarding it.
	const umask = process.umask(0o177);
	try {
		await listen(server, { path: socket });
	} finally {
		process.umask(umask);
	}
	return server;
}

/** A folder in /tmp that somebody else made could hand them the socket, and every key sent to it. */
function requireOwn(folder: string): void {
	const { uid, mode } = statSync(folder);
	if (uid !== process.getuid?.() || (mode & 0o022) !== 0) {
		throw new ConfigError(
			`${folder} belongs to another user or is writable by others; remove it, or make it yours with mode 0700`,
		);
	}
}

async function listenOnTcp({ host, port }: { host: string; port: number }, listener: Listener) {
	const server = createServer(listener);
	await listen(server, { host, port });
	return server;
}

function listen(server: ReturnType<typeof createServer>, address: object): Promise<void> {
	// Longer than the clients keep their sockets (60 s), so that they close first.
	server.keepAliveTimeout = 70_000;
	// An import is one request that may take an hour; a connection on which nothing moves is cut off.
	server.requestTimeout = 0;
	server.setTimeout(SILENCE_MS);
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(address, () => {
			server.off('error', reject);
			server.on('error', (error) => log.error({ err: error }, 'server error'));
			resolve();
		});
	});
}

main().catch((error: unknown) => {
	const known = error instanceof ConfigError || (error as NodeJS.ErrnoException).code !== undefined;
	log.fatal(known ? {} : { err: error }, (error as Error).message);
	process.exit(1);
});
