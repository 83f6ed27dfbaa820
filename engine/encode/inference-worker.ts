/** Worker thread that owns the ONNX sessions: `run()` blocks its thread, so it gets one of its own. */
import { workerData } from 'node:worker_threads';
import { readModelFolder, type ModelFolder, type PixelRules } from './model-folder';
import { TextTokenizer } from './text-tokenizer';
import { Tower } from './tower';
import { serve, Transfer } from '../worker-rpc';
import type { Embedding } from './encoder';

const { threads } = workerData as { threads: number };

/** A model's towers, each loaded with its first use: a search never pays for the image tower. */
class LoadedModel {
	#vision: Promise<Tower> | undefined;
	#text: Promise<{ tower: Tower; tokenizer: TextTokenizer }> | undefined;

	constructor(readonly folder: ModelFolder) {}

	visionTower(): Promise<Tower> {
		this.#vision ??= Tower.load(this.folder.visionModel, threads).catch((error: unknown) => {
			this.#vision = undefined;
			throw error;
		});
		return this.#vision;
	}

	textTower(): Promise<{ tower: Tower; tokenizer: TextTokenizer }> {
		this.#text ??= Tower.load(this.folder.textModel, threads)
			.then((tower) => ({ tower, tokenizer: new TextTokenizer(this.folder.text) }))
			.catch((error: unknown) => {
				this.#text = undefined;
				throw error;
			});
		return this.#text;
	}
}

const models = new Map<string, LoadedModel>();

function model(dir: string): LoadedModel {
	let loaded = models.get(dir);
	if (!loaded) {
		loaded = new LoadedModel(readModelFolder(dir));
		models.set(dir, loaded);
	}
	return loaded;
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

async function embedPixels({
	dir,
	pixels,
}: {
	dir: string;
	pixels: Uint8Array;
}): Promise<Transfer<Embedding>> {
	const { pixels: rules } = model(dir).folder;
	const tower = await model(dir).visionTower();
	return moved(await tower.embedPixels(toPlanes(pixels, rules), rules.imageSize));
}

async function embedText({
	dir,
	text,
}: {
	dir: string;
	text: string;
}): Promise<Transfer<Embedding>> {
	const { tower, tokenizer } = await model(dir).textTower();
	return moved(await tower.embedTokens(tokenizer.encode(text)));
}

const handlers = { embedPixels, embedText };
export type InferenceHandlers = typeof handlers;
serve(handlers);
