import type { EngineClient, Health, IndexStats, Model, RuntimeReport } from '../../engine/client';
import { messageOf } from '../../engine/errors';
import { defaultDataDir, logPath, socketPath } from '../../engine/locations';
import { inspectFaiss, type FaissReport } from './faiss';
import { measureSpeed, type Speed } from './speed';

/** All that the doctor found out. */
export interface Report {
	health: Health;
	/** What could not be found out is a sentence instead. */
	runtime: RuntimeReport | string;
	/** Absent for an engine elsewhere. */
	here?: { dataDir: string; socket: string; log: string };
	models: Model[];
	/** Undefined where the default model is not on disk. */
	speed: Speed | string | undefined;
	indexes: IndexStats[];
	/** On this machine; absent for an engine elsewhere. */
	faiss?: FaissReport;
}

export interface ReportOptions {
	/** The engine runs on this machine, from the usual data folder. */
	local: boolean;
	/** Embed pictures for some seconds. */
	measure: boolean;
}

/** @throws EngineError where the engine cannot be reached at all */
export async function collectReport(
	client: EngineClient,
	{ local, measure }: ReportOptions,
): Promise<Report> {
	const health = await client.health();
	const runtime = await client.runtime().catch(sentence);
	const { models } = await client.models();
	const ready = models.some((model) => model.is_default && model.state === 'available');
	const speed = ready && measure ? await measureSpeed(client).catch(sentence) : undefined;
	const { indexes } = await client.indexes();
	const dataDir = defaultDataDir();
	const faiss = local ? await inspectFaiss() : undefined;
	return {
		health,
		runtime,
		...(faiss && { faiss }),
		...(local && { here: { dataDir, socket: socketPath(dataDir), log: logPath(dataDir) } }),
		models,
		speed,
		indexes: await Promise.all(indexes.map((name) => client.stats(name))),
	};
}

/** What loaders say goes on for lines. */
function sentence(error: unknown): string {
	return messageOf(error).split('\n')[0]!;
}
