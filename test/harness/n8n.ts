import { execFile, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Child } from './child';
import { freePort } from './free-port';
import { CACHE } from './root';
import { until } from './until';

const N8N = join(
	process.env.SIS_N8N ?? join(CACHE, 'n8n-2.41.1'),
	'node_modules',
	'n8n',
	'bin',
	'n8n',
);
/** Alone on two busy cores a first start, with its migrations, takes about 20 seconds. */
const START_TIMEOUT_MS = 180_000;

/** Nothing that calls home, and nothing but loopback. */
const QUIET: NodeJS.ProcessEnv = {
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: 'localhost',
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	// A package with dependencies is "unverified"; a later n8n will ask for this to be said aloud.
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_DISABLED_MODULES: 'mcp-registry',
	EXTERNAL_FRONTEND_HOOKS_URLS: '',
	N8N_LOG_LEVEL: 'info',
	NO_COLOR: '1',
};

export interface N8nOptions {
	/** n8n keeps its `.n8n` in there. */
	userFolder: string;
	/** Wanted port; the next free one is taken if it is in use. */
	port?: number;
	env?: NodeJS.ProcessEnv;
	/** Scripts for `node --require`, in n8n's own process only. */
	preload?: string[];
}

/** A running n8n server. */
export class N8n {
	private constructor(
		private readonly child: Child,
		private readonly options: N8nOptions,
		/** Without a slash at the end. */
		readonly url: string,
		readonly log: string,
	) {}

	static async start(options: N8nOptions): Promise<N8n> {
		const port = await freePort(options.port);
		const url = `http://localhost:${port}`;
		const log = join(options.userFolder, 'n8n.log');
		const preload = [require.resolve('./orphan-guard'), ...(options.preload ?? [])];
		const child = Child.start({
			name: 'n8n',
			command: process.execPath,
			args: [...preload.flatMap((script) => ['--require', script]), N8N, 'start'],
			env: {
				...(await environment(options)),
				N8N_PORT: String(port),
				WEBHOOK_URL: `${url}/`,
				N8N_EDITOR_BASE_URL: `${url}/`,
			},
			cwd: options.userFolder,
			log,
		});
		const n8n = new N8n(child, options, url, log);
		try {
			await until(
				'n8n becoming ready',
				async () => {
					child.assertRunning();
					return (await fetch(`${url}/healthz/readiness`)).ok;
				},
				{ timeoutMs: START_TIMEOUT_MS, everyMs: 200 },
			);
			child.assertRunning();
		} catch (error) {
			await child.stop();
			throw error;
		}
		return n8n;
	}

	get pid(): number {
		return this.child.pid;
	}

	/** For what a preloaded script says over IPC. */
	get process(): ChildProcess {
		return this.child.process;
	}

	get running(): boolean {
		return this.child.running;
	}

	/** A webhook's address; `path` may carry a query. */
	webhook(path: string): string {
		return `${this.url}/webhook/${path}`;
	}

	/** A second n8n command beside this server. */
	async command(...args: string[]): Promise<string> {
		return await n8nCommand(this.options, args);
	}

	async stop(): Promise<void> {
		await this.child.stop();
	}
}

/** Runs one command of n8n's CLI, such as `import:workflow`, and resolves with what it printed. */
export async function n8nCommand(options: N8nOptions, args: string[]): Promise<string> {
	mkdirSync(options.userFolder, { recursive: true });
	const { stdout, stderr } = await promisify(execFile)(process.execPath, [N8N, ...args], {
		cwd: options.userFolder,
		env: { ...process.env, ...(await environment(options)) },
		maxBuffer: 64 * 1024 * 1024,
	});
	// Some commands report a failure only in words and exit with 0.
	const output = stdout + stderr;
	if (/An error occurred|^Error:/m.test(output)) {
		throw new Error(`n8n ${args.join(' ')} failed:\n${output.split('\n').slice(-20).join('\n')}`);
	}
	return output;
}

async function environment(options: N8nOptions): Promise<NodeJS.ProcessEnv> {
	return {
		...QUIET,
		N8N_USER_FOLDER: options.userFolder,
		// Every n8n process has a broker of its own, a command beside a server too.
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		...options.env,
	};
}
