/** Worker thread that owns the ONNX sessions: `run()` blocks its thread, so it gets one of its own. */
import { workerData } from 'node:worker_threads';
import type { PixelRules, TextRules } from './model-folder';
import { TextTokenizer } from './text-tokenizer';
import { Tower } from './tower';
import { serve, Transfer } from '../worker-rpc';
import type { Embedding } from './encoder';

const { threads } = workerData as { threads: number };

/** Loaded with their first use: a search never pays for the image tower. */
const towers = new Map<string, Promise<Tower>>();
const tokenizers = new Map<string, TextTokenizer>();

function towerOf(file: string): Promise<Tower> {
	let tower = towers.get(file);
	if (!tower) {
		tower = Tower.load(file, threads).catch((error: unknown) => {
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
}

async function embedPixels({ file, rules, pixels }: PixelsToEmbed): Promise<Transfer<Embedding>> {
	const tower = await towerOf(file);
	return moved(await tower.embedPixels(toPlanes(pixels, rules), rules.imageSize));
}

interface TextToEmbed {
	/** ONNX file of the text tower. */
	file: string;
	rules: TextRules;
	text: string;
}

async function embedText({ file, rules, text }: TextToEmbed): Promise<Transfer<Embedding>> {
	const tower = await towerOf(file);
	return moved(await tower.embedTokens(tokenizerOf(rules).encode(text)));
}

const handlers = { embedPixels, embedText };
export type InferenceHandlers = typeof handlers;
serve(handlers);
