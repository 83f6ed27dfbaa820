import type { EngineClient } from '../../engine/client';

export interface Speed {
	/** From JPEG bytes to vectors, of pictures of {@link MEGAPIXELS}, over the API. */
	images_per_s: number;
	/** Median, over the API. */
	text_ms: number;
}

/** As a phone sends it to a friend. */
const WIDTH = 1600;
const HEIGHT = 1200;
export const MEGAPIXELS = (WIDTH * HEIGHT) / 1e6;

const MEASURE_MS = 5_000;
/** Enough that decoding one picture overlaps computing another. */
const LANES = 6;
const TEXTS = 5;

/**
 * How fast the engine's default model is, which must be on disk. Takes about five seconds, on a slow
 * machine the time of two pictures.
 */
export async function measureSpeed(client: EngineClient): Promise<Speed> {
	const picture = await noise();
	// The first of each loads the model.
	await client.embedText({ text: 'a photo' });
	await client.embedImageBytes(picture);
	const texts: number[] = [];
	for (let i = 0; i < TEXTS; i++) {
		texts.push(await milliseconds(() => client.embedText({ text: `a photo, number ${i}` })));
	}
	return {
		images_per_s: await imagesPerSecond(client, picture),
		text_ms: texts.sort((a, b) => a - b)[TEXTS >> 1]!,
	};
}

async function imagesPerSecond(client: EngineClient, picture: Buffer): Promise<number> {
	const first = await milliseconds(() => client.embedImageBytes(picture));
	// One picture alone is the measurement where no second fits in.
	if (first > MEASURE_MS) return 1_000 / first;
	const started = performance.now();
	let last = started;
	let done = 0;
	const lane = async () => {
		while (performance.now() - started < MEASURE_MS) {
			await client.embedImageBytes(picture);
			done++;
			last = performance.now();
		}
	};
	await Promise.all(Array.from({ length: LANES }, lane));
	return (done * 1_000) / (last - started);
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
	const started = performance.now();
	await work();
	return performance.now() - started;
}

/** Noise is the hardest picture to decode: no photo of this size is slower. */
async function noise(): Promise<Buffer> {
	// Not at the top: without this native library all other commands still work.
	const { default: sharp } = await import('sharp');
	return sharp({
		create: {
			width: WIDTH,
			height: HEIGHT,
			channels: 3,
			background: 'black',
			noise: { type: 'gaussian', mean: 128, sigma: 30 },
		},
	})
		.jpeg({ quality: 80 })
		.toBuffer();
}
