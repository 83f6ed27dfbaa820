import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineClient } from '../../engine/client';
import type * as EngineModule from '../../engine/client';
import { forwardEvents } from './event-forwarder';
import { N8n, n8nCommand, type N8nOptions } from './n8n';
import { N8nRest, type Execution } from './n8n-rest';
import { installPackage } from './package-install';
import { S3_KEY, S3Storage } from './s3-storage';

export const BUCKET = 'photos';
/** Where the shipped workflow with the S3 Event Trigger listens. */
const EVENT_WEBHOOK = 'photos-changed';

/** The ids that the shipped workflows refer to. */
const S3_CREDENTIAL = 'sisS3Storage00001';
const OLLAMA_CREDENTIAL = 'sisOllama00000001';
const S3_NODE_CREDENTIAL = 'sisS3ForN8nNode01';

/** Triggers that start by hand or by another workflow need no publishing. */
const NOT_PUBLISHED = /\.(manualTrigger|executeWorkflowTrigger|errorTrigger|formTrigger)$/;
const TRIGGER = /(Trigger|\.webhook)$/;

export interface SiteOptions {
	/** n8n's user folder, the bucket and the engine's data are kept in there. */
	folder: string;
	/** Id of the engine's default model. */
	model: string;
	ollamaUrl: string;
	n8nPort?: number;
	s3Port?: number;
	env?: NodeJS.ProcessEnv;
	preload?: string[];
	/** Wraps each part of the start, in a progress line for instance. */
	step?: Step;
}

export type Step = <T>(
	name: string,
	work: (say: (detail: string) => void) => Promise<T>,
) => Promise<T>;

const withoutProgress: Step = async (_name, work) => await work(() => {});

export interface WorkflowFile {
	id: string;
	name: string;
	nodes: { name: string; type: string; parameters: Record<string, unknown> }[];
}

/** A whole installation: S3, n8n with this package and its workflows, and the engine behind them. */
export class Site {
	private forwarding: (() => void) | undefined;

	private constructor(
		readonly folder: string,
		readonly storage: S3Storage,
		readonly n8n: N8n,
		readonly rest: N8nRest,
		/** The engine that the nodes use, seen from outside n8n. */
		readonly engine: EngineClient,
		/** The shipped workflows by file name without `.json`. */
		readonly workflows: Map<string, WorkflowFile>,
	) {}

	static async start(options: SiteOptions): Promise<Site> {
		const { folder, step = withoutProgress } = options;
		mkdirSync(folder, { recursive: true });
		const n8nOptions: N8nOptions = {
			userFolder: join(folder, 'n8n'),
			port: options.n8nPort,
			preload: options.preload,
			env: {
				SEMANTIC_IMAGE_SEARCH_DATA: dataFolder(folder),
				SEMANTIC_IMAGE_SEARCH_MODEL: options.model,
				...options.env,
			},
		};
		// An engine takes its settings from whoever starts it: n8n's nodes, or our client below.
		Object.assign(process.env, n8nOptions.env);
		const installed = await step('Installing this package as n8n does', async () => {
			return await installPackage(n8nOptions.userFolder);
		});
		const started: { stop(): Promise<void> }[] = [];
		try {
			const storage = await step('Starting the S3 server', async () => {
				return await S3Storage.start({
					folder: join(folder, 's3'),
					port: options.s3Port,
					buckets: [BUCKET],
				});
			});
			started.push(storage);
			const workflows = readWorkflows(join(installed, 'dist', 'workflows'));
			await importOnce(n8nOptions, installed, credentials(storage, options.ollamaUrl), step);
			const n8n = await step('Starting n8n', async () => await N8n.start(n8nOptions));
			started.push(n8n);
			const rest = await N8nRest.signIn(n8n);
			return new Site(folder, storage, n8n, rest, installedEngine(installed, folder), workflows);
		} catch (error) {
			for (const part of started.reverse()) await part.stop();
			throw error;
		}
	}

	/** A shipped workflow; throws for a name that does not ship. */
	workflow(name: string): WorkflowFile {
		const workflow = this.workflows.get(name);
		if (!workflow) throw new Error(`No workflow ${name}; there are ${[...this.workflows.keys()]}`);
		return workflow;
	}

	/** The workflows that something outside n8n starts: webhooks, events, polls. */
	get publishable(): string[] {
		return [...this.workflows].filter(([, file]) => isPublishable(file)).map(([name]) => name);
	}

	/** Publishes shipped workflows by name. */
	async publish(names: string[]): Promise<void> {
		for (const name of names) await this.rest.publish(this.workflow(name).id);
	}

	/** Runs a shipped workflow that starts by hand, to its end. */
	async run(name: string, timeoutMs?: number): Promise<Execution> {
		const { id, nodes } = this.workflow(name);
		const trigger = nodes.find(({ type }) => TRIGGER.test(type));
		if (!trigger) throw new Error(`Workflow ${name} has no trigger`);
		return await this.rest.run(id, trigger.name, timeoutMs);
	}

	/** From now on what happens in the bucket reaches the S3 Event Trigger. */
	forwardEvents(): void {
		this.forwarding ??= forwardEvents(this.storage, this.n8n.webhook(EVENT_WEBHOOK));
	}

	stopForwarding(): void {
		this.forwarding?.();
		this.forwarding = undefined;
	}

	/** Ends what {@link start} started, and the engine that the nodes started. */
	async stop(): Promise<void> {
		this.stopForwarding();
		await this.n8n.stop();
		await this.engine.shutdown();
		await this.storage.stop();
	}
}

/** Ends the engine of a site's folder, if one runs. */
export async function stopEngine(folder: string): Promise<void> {
	await new EngineClient({ kind: 'local', dataDir: dataFolder(folder) }).shutdown();
}

/** The installed package's own client: should it start the engine, then that of the package. */
function installedEngine(installed: string, folder: string): EngineClient {
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const module = require(join(installed, 'dist', 'engine', 'client')) as typeof EngineModule;
	return new module.EngineClient({ kind: 'local', dataDir: dataFolder(folder) });
}

function dataFolder(folder: string): string {
	return join(folder, 'engine');
}

function readWorkflows(folder: string): Map<string, WorkflowFile> {
	return new Map(
		readdirSync(folder)
			.filter((file) => file.endsWith('.json'))
			.map((file) => [
				file.slice(0, -'.json'.length),
				JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowFile,
			]),
	);
}

function isPublishable({ nodes }: WorkflowFile): boolean {
	return nodes.some(({ type }) => TRIGGER.test(type) && !NOT_PUBLISHED.test(type));
}

function credentials(storage: S3Storage, ollamaUrl: string): object[] {
	const s3 = {
		endpoint: storage.endpoint,
		region: 'us-east-1',
		accessKeyId: S3_KEY,
		secretAccessKey: S3_KEY,
		forcePathStyle: true,
	};
	return [
		{ id: S3_CREDENTIAL, name: 'S3 storage', type: 'semanticImageSearchS3Api', data: s3 },
		{ id: S3_NODE_CREDENTIAL, name: "S3 for n8n's own S3 node", type: 's3', data: s3 },
		{
			id: OLLAMA_CREDENTIAL,
			name: 'Ollama',
			type: 'semanticImageSearchOllamaApi',
			data: { url: ollamaUrl, model: 'nomic-embed-text' },
		},
	];
}

/** Imports credentials and workflows, unless exactly these were imported into this folder before. */
async function importOnce(
	n8n: N8nOptions,
	installed: string,
	credentialData: object[],
	step: Step,
): Promise<void> {
	const workflows = join(installed, 'dist', 'workflows');
	const digest = createHash('sha256').update(JSON.stringify(credentialData));
	for (const file of readdirSync(workflows).sort()) {
		digest.update(readFileSync(join(workflows, file)));
	}
	const current = digest.digest('hex');
	const stamp = join(n8n.userFolder, '.imported');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === current) return;
	await step('Importing credentials and workflows', async () => {
		const file = join(n8n.userFolder, 'credentials.json');
		writeFileSync(file, JSON.stringify(credentialData), { mode: 0o600 });
		try {
			await n8nCommand(n8n, ['import:credentials', `--input=${file}`]);
		} finally {
			rmSync(file, { force: true });
		}
		await n8nCommand(n8n, ['import:workflow', '--separate', `--input=${workflows}`]);
		writeFileSync(stamp, current);
	});
}
