/** Worker thread that owns ONNX sessions: `run()` blocks its thread, so it gets one of its own. */
import { workerData } from 'node:worker_threads';
import { FileCache } from './file-cache';
import { InferenceQueue } from './inference-queue';
import type { PixelRules, TextRules } from '../models/model-folder';
import { toPlanes } from '../pixels/planes';
import { loadRuntime, type Runtime, type RuntimeName } from './runtime';
import { TextTokenizer } from '../text/text-tokenizer';
import { Tower } from './tower';
import { serve, Transfer } from '../../worker-rpc';
import type { Embedding } from '../encoder';

export interface InferenceWorkerData {
	runtime: RuntimeName;
	/** Threads of one inference. */
	threads: number;
}

const { runtime: name, threads } = workerData as InferenceWorkerData;
let runtime: Promise<Runtime> | undefined;
const queue = new InferenceQueue();

/** Loaded with their first use: a search never pays for the image tower. */
const towers = new FileCache<Promise<Tower>>();
const tokenizers = new FileCache<TextTokenizer>();

function towerOf(file: string): Promise<Tower> {
	return towers.get(file, () => {
		runtime ??= loadRuntime(name, threads);
		return runtime
			.then((loaded) => Tower.load(file, loaded))
			.catch((error: unknown) => {
				towers.delete(file);
				throw error;
			});
	});
}

function tokenizerOf(rules: TextRules): TextTokenizer {
	return tokenizers.get(rules.tokenizer, () => new TextTokenizer(rules));
}

function moved(embedding: Embedding): Transfer<Embedding> {
	return new Transfer(embedding, [embedding.buffer as ArrayBuffer]);
}

interface PixelsToEmbed {
	/** ONNX file of the image tower. */
	file: string;
	rules: PixelRules;
	/** RGB, 8 bits, `imageSize * imageSize * 3` bytes. */
	pixels: Uint8Array;
	/** Somebody waits: before all that is not urgent. */
	urgent: boolean;
}

function embedPixels(request: PixelsToEmbed): Promise<Transfer<Embedding>> {
	const { file, rules, pixels, urgent } = request;
	return queue.add(
		async () => {
			const tower = await towerOf(file);
			return moved(await tower.embed({ pixels: toPlanes(pixels, rules), size: rules.imageSize }));
		},
		{ urgent },
	);
}

interface TextToEmbed {
	/** ONNX file of the text tower. */
	file: string;
	rules: TextRules;
	text: string;
}

function embedText({ file, rules, text }: TextToEmbed): Promise<Transfer<Embedding>> {
	return queue.add(async () => {
		const tower = await towerOf(file);
		return moved(await tower.embed({ ids: tokenizerOf(rules).encode(text) }));
	});
}

/** Version of onnxruntime. */
async function version(): Promise<string> {
	return (await (runtime ??= loadRuntime(name, threads))).version;
}

const handlers = { embedPixels, embedText, version };
export type InferenceHandlers = typeof handlers;
serve(handlers);
