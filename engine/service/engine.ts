import type { Logger } from 'pino';
import { ModelStore } from '../encode/models/model-store';
import { Int8Preparer } from '../encode/int8/int8-preparer';
import { OnnxEncoder } from '../encode/onnx-encoder';
import { cores, inferenceThreads } from '../encode/runtime/threads';
import type { IndexStore } from '../index/vector-index';
import { createIndexStore } from '../index/index-store';
import { Jobs } from '../ingest/jobs';
import type { PhotoSources } from '../ingest/photo-source';
import { createPhotoSources } from '../ingest/s3-source';
import { createWatches, type Watches } from '../ingest/watch';
import { Cursors } from '../search/cursor';
import { createOllamaEmbedder, type OllamaEmbedder } from '../text/ollama-embedder';
import { createOwedTextFiller, type OwedTextFiller } from '../text/owed-texts';
import type { Config } from './config';
import { cursorKey } from './cursor-key';

/** The rooms of the house, put together once per process. */
export interface Engine {
	config: Config;
	log: Logger;
	models: ModelStore;
	encoder: OnnxEncoder;
	textEmbedder: OllamaEmbedder;
	owedTexts: OwedTextFiller;
	indexes: IndexStore;
	cursors: Cursors;
	sources: PhotoSources;
	watches: Watches;
	jobs: Jobs;
	/** Work that goes on without a request: the process must not end yet. */
	busy(): boolean;
	close(): Promise<void>;
}

export function createEngine(config: Config, log: Logger): Engine {
	const preparer = new Int8Preparer({
		modelsDir: config.modelsDir,
		precision: config.precision,
		runtime: async () => (await encoder.choice()).name,
		threads: config.threads ?? inferenceThreads(cores()),
		log: (message) => log.info(message),
	});
	const models = new ModelStore({
		bundledDir: config.bundledModelsDir,
		modelsDir: config.modelsDir,
		defaultModel: config.defaultModel,
		allowLarge: config.allowLarge,
		offline: config.offline,
		hub: config.hub,
		preparer,
		log: (message) => log.info(message),
	});
	const encoder: OnnxEncoder = new OnnxEncoder({
		store: models,
		threads: config.threads,
		runtime: config.runtime,
		unloadMs: config.unloadMs,
		log: (message) => log.warn(message),
	});
	// Found out while the process starts, so that the first query need not wait for it.
	void encoder.choice();
	const indexes = createIndexStore({
		dataDir: config.dataDir,
		type: { type: config.indexType },
		logger: log,
	});
	const textEmbedder = createOllamaEmbedder();
	const owedTexts = createOwedTextFiller({ indexes, embedder: textEmbedder, logger: log });
	const sources = createPhotoSources();
	const watches = createWatches(config.dataDir);
	const jobs = new Jobs();
	const cursors = new Cursors(cursorKey(config.dataDir));
	return {
		config,
		log,
		models,
		encoder,
		textEmbedder,
		owedTexts,
		indexes,
		cursors,
		sources,
		watches,
		jobs,
		busy: () =>
			models.downloading ||
			preparer.busy ||
			encoder.pending > 0 ||
			jobs.activeCount > 0 ||
			owedTexts.pending() > 0,
		async close() {
			// First, since jobs may wait for texts.
			await owedTexts.close();
			await jobs.close();
			await models.close();
			preparer.close();
			await encoder.close();
			await indexes.close();
			watches.close();
			sources.close();
		},
	};
}
