/** Worker thread that owns ONNX sessions: `run()` blocks its thread, so it gets one of its own. */
import { workerData } from 'node:worker_threads';
import { InferenceQueue } from './inference-queue';
import type { PixelRules, TextRules } from './model-folder';
import { loadRuntime, type Runtime, type RuntimeName } from './runtime';
import { TextTokenizer } from './text-tokenizer';
import { Tower } from './tower';
import { serve, Transfer } from '../worker-rpc';
import type { Embedding } from './encoder';

export interface InferenceWorkerData {
	runtime: RuntimeName;
	/** Threads of one inference. */
	threads: number;
}

const { runtime: name, threads } = workerData as InferenceWorkerData;
let runtime: Promise<Runtime> | undefined;
const queue = new InferenceQueue();

/** Loaded with their first use: a search never pays for the image tower. */
const towers = new Map<string, Promise<Tower>>();
const tokenizers = new Map<string, TextTokenizer>();

function towerOf(file: string): Promise<Tower> {
	let tower = towers.get(file);
	if (!tower) {
		runtime ??= loadRuntime(name, threads);
		tower = runtime
			.then((loaded) => Tower.load(file, loaded))
			.catch((error: unknown) => {
				towers.delete(file);
				throw error;
			});
		towers.set(file, tower);
	}
	return tower;
}

function tokenizerOf(rules: TextRules): TextTokenizer {
	let tokenizer = tokenizers.get(rules.tokenizer);
	if (!tokenizer) {
		tokenizer = new TextTokenizer(rules);
		tokenizers.set(rules.tokenizer, tokenizer);
	}
	return tokenizer;
}

/** 8-bit RGB rows to the normalised planes [3, size, size] of the image tower. */
function toPlanes(pixels: Uint8Array, rules: PixelRules): Float32Array {
	const area = rules.imageSize * rules.imageSize;
	const planes = new Float32Array(3 * area);
	for (let channel = 0; channel < 3; channel++) {
		const table = Float32Array.from(
			{ length: 256 },
			(_, level) => (level * rules.rescale - rules.mean[channel]!) / rules.std[channel]!,
		);
		const offset = channel * area;
		for (let i = 0; i < area; i++) planes[offset + i] = table[pixels[i * 3 + channel]!]!;
	}
	return planes;
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
			return moved(await tower.embedPixels(toPlanes(pixels, rules), rules.imageSize));
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
		return moved(await tower.embedTokens(tokenizerOf(rules).encode(text)));
	});
}

/** Version of onnxruntime. */
async function version(): Promise<string> {
	return (await (runtime ??= loadRuntime(name, threads))).version;
}

const handlers = { embedPixels, embedText, version };
export type InferenceHandlers = typeof handlers;
serve(handlers);
