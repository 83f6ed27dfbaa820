import { setTimeout as sleep } from 'node:timers/promises';
import type { OnnxEncoder } from '../../engine/encode/onnx-encoder';
import { cosine } from '../../test/harness/cosine';
import type { Slice } from './slice';
import { timed } from './timing';

/** Requests kept waiting: more than the encoder takes in hand, as a bucket's backfill does. */
const WAITING = 8;
/** Photos before the clock starts: the pipeline is full, and the workers' code compiled. */
const WARM_UP = 4;
/** A person at a search box, not a load test. */
const QUERY_EVERY_MS = 300;

export const QUERIES = [
	'a dog running on the beach',
	'two children playing football',
	'people at a market',
	'a man climbing a rock',
	'snow on the mountains',
	'a red car in the street',
];

/** JPEG bytes to vectors, many at once, from the moment that the pipeline is full. */
export async function embedPhotos(
	encoder: OnnxEncoder,
	photos: readonly Buffer[],
	seconds: number,
): Promise<Slice> {
	let next = 0;
	let done = 0;
	let started = 0;
	let ended = 0;
	let stop = false;
	const worker = async () => {
		while (!stop) {
			await encoder.embedImage(photos[next++ % photos.length]!);
			done++;
			const now = performance.now();
			if (done === WARM_UP) started = now;
			if (done > WARM_UP && !stop) {
				ended = now;
				counted = done - WARM_UP;
				stop = now - started >= seconds * 1_000;
			}
		}
	};
	let counted = 0;
	await Promise.all(Array.from({ length: WAITING }, worker));
	return { images: counted, seconds: (ended - started) / 1_000 };
}

/** Milliseconds of each text, one after the other. */
export async function embedTexts(encoder: OnnxEncoder, count: number): Promise<number[]> {
	const times: number[] = [];
	for (let i = -QUERIES.length; i < count; i++) {
		const [, ms] = await timed(
			async () => await encoder.embedText(QUERIES.at(i % QUERIES.length)!),
		);
		if (i >= 0) times.push(ms);
	}
	return times;
}

/** Milliseconds of texts that come in while photos are embedded. */
export async function embedTextsBeside(
	encoder: OnnxEncoder,
	photos: readonly Buffer[],
	seconds: number,
): Promise<number[]> {
	let over = false;
	const images = embedPhotos(encoder, photos, seconds).finally(() => {
		over = true;
	});
	const times: number[] = [];
	for (let i = 0; !over; i++) {
		const [, ms] = await timed(async () => await encoder.embedText(QUERIES[i % QUERIES.length]!));
		if (!over) times.push(ms);
		await sleep(QUERY_EVERY_MS);
	}
	await images;
	return times;
}

export async function vectorsOf(
	encoder: OnnxEncoder,
	photos: readonly Buffer[],
): Promise<Float32Array[]> {
	const embedded = photos.map(async (photo) => (await encoder.embedImage(photo)).embedding);
	return await Promise.all(embedded);
}

/** Of the same photo's vectors in two lists. */
export function worstCosine(
	ones: readonly Float32Array[],
	others: readonly Float32Array[],
): number {
	return Math.min(...ones.map((one, i) => cosine(one, others[i]!)));
}

/** Between different photos: what a worst cosine is to be seen against. */
export function meanCosine(vectors: readonly Float32Array[]): number {
	const cosines = vectors.flatMap((one, i) =>
		vectors.slice(0, i).map((other) => cosine(one, other)),
	);
	return cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
}
