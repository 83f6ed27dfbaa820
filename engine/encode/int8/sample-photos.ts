/**
 * Pictures with the statistics of photographs, drawn by rule: what an 8-bit model is compared on
 * before anyone's photos are at hand, and without shipping some.
 *
 * They are "dead leaves" images: discs that hide one another, their sizes following a power law,
 * which gives the edges, flat areas and 1/f spectrum of natural scenes (Lee, Mumford & Huang,
 * "Occlusion models for natural images", IJCV 41, 2001). A light from above and sensor noise are
 * added.
 */
export const SAMPLE_PHOTOS = 8;

/** Radii as shares of the side: density falls with the third power between the two. */
const RADIUS = { min: 0.015, max: 0.6 };
const DISCS = 700;
/** Standard deviation in grey levels. */
const NOISE = 3;

/**
 * @param index from 0, below {@link SAMPLE_PHOTOS}; always the same picture
 * @param size side in pixels
 * @returns RGB, 8 bits, row by row
 */
export function samplePhoto(index: number, size: number): Uint8Array {
	const random = generator(index + 1);
	const pixels = new Float32Array(size * size * 3);
	const base = colour(random);
	for (let i = 0; i < pixels.length; i++) pixels[i] = base[i % 3]!;
	for (let disc = 0; disc < DISCS; disc++) {
		const share = random();
		// The inverse of the power law's cumulated distribution.
		const radius = size / Math.sqrt((1 - share) / RADIUS.min ** 2 + share / RADIUS.max ** 2);
		drawDisc(pixels, size, random() * size, random() * size, radius, colour(random));
	}
	const slope = (random() - 0.5) * 0.8;
	const result = new Uint8Array(pixels.length);
	for (let i = 0; i < pixels.length; i++) {
		const row = Math.floor(i / (size * 3)) / size;
		const noise = (random() + random() + random() + random() - 2) * Math.sqrt(3) * NOISE;
		result[i] = Math.max(
			0,
			Math.min(255, Math.round(pixels[i]! * (1 + slope * (row - 0.5)) + noise)),
		);
	}
	return result;
}

function drawDisc(
	pixels: Float32Array,
	size: number,
	x: number,
	y: number,
	radius: number,
	[red, green, blue]: readonly number[],
): void {
	const top = Math.max(0, Math.ceil(y - radius));
	const bottom = Math.min(size - 1, Math.floor(y + radius));
	for (let row = top; row <= bottom; row++) {
		const half = Math.sqrt(radius ** 2 - (row - y) ** 2);
		const from = Math.max(0, Math.ceil(x - half));
		const to = Math.min(size - 1, Math.floor(x + half));
		for (let column = from; column <= to; column++) {
			const at = (row * size + column) * 3;
			pixels[at] = red!;
			pixels[at + 1] = green!;
			pixels[at + 2] = blue!;
		}
	}
}

/** Mostly muted, as outdoors: the channels go together. */
function colour(random: () => number): number[] {
	const grey = random();
	return [0, 1, 2].map(() => 255 * Math.max(0, Math.min(1, grey + (random() - 0.5) * 0.35)));
}

/** The same numbers everywhere: mulberry32. */
function generator(seed: number): () => number {
	let state = seed * 0x9e3779b9;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
