import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { photosUnder } from '../../demo/photos';
import { Random } from './random-weights';

/** Larger pictures are scaled from this width: octaves finer than that come as grain. */
const BASE_WIDTH = 768;
const OCTAVES = 8;
/** Each octave has half the amplitude of the one before: photographs' spectrum falls as 1/f. */
const FALL = 0.55;
/** Standard deviation of the grain in levels: a 12-megapixel JPEG of 4 MB, as phones make them. */
const GRAIN = 12;

/** JPEGs from a folder, sorted by name and spread over it. */
export function photosFrom(dir: string, count: number): Buffer[] {
	const photos = photosUnder(dir);
	const step = Math.max(1, photos.length / count);
	return Array.from({ length: Math.min(count, photos.length) }, (_, i) =>
		readFileSync(photos[Math.floor(i * step)]!.file),
	);
}

/** A JPEG with the statistics of a photograph: coarse shapes, fine ones, edges and grain. */
export async function photoLike(seed: number, width: number, height: number): Promise<Buffer> {
	const random = new Random(seed * 7919 + 1);
	const baseHeight = Math.round((BASE_WIDTH * height) / width);
	const levels = new Float32Array(BASE_WIDTH * baseHeight * 3);
	for (let octave = 0, amplitude = 60; octave < OCTAVES; octave++, amplitude *= FALL) {
		addNoise(levels, BASE_WIDTH, baseHeight, 2 << octave, amplitude, random);
	}
	addShapes(levels, BASE_WIDTH, baseHeight, random);
	const base = Uint8ClampedArray.from(levels, (level) => 122 + level);
	const grain = new Uint8ClampedArray(width * height * 3);
	for (let i = 0; i < grain.length; i++) grain[i] = 128 + GRAIN * random.normal();
	return await sharp(base, { raw: { width: BASE_WIDTH, height: baseHeight, channels: 3 } })
		.resize(width, height, { kernel: 'cubic', fit: 'fill' })
		.composite([
			{
				input: Buffer.from(grain.buffer),
				raw: { width, height, channels: 3 },
				blend: 'hard-light',
			},
		])
		.jpeg({ quality: 88 })
		.toBuffer();
}

/** Value noise of `cells` cells across, mostly grey with a share of colour. */
function addNoise(
	levels: Float32Array,
	width: number,
	height: number,
	cells: number,
	amplitude: number,
	random: Random,
): void {
	const cell = width / cells;
	const columns = cells + 2;
	const rows = Math.ceil(height / cell) + 2;
	const grid = new Float32Array(columns * rows * 3);
	for (let i = 0; i < columns * rows; i++) {
		const grey = random.normal();
		for (let c = 0; c < 3; c++) grid[i * 3 + c] = amplitude * (grey + 0.4 * random.normal());
	}
	for (let y = 0; y < height; y++) {
		const row = Math.floor(y / cell);
		const fy = smooth(y / cell - row);
		for (let x = 0; x < width; x++) {
			const column = Math.floor(x / cell);
			const fx = smooth(x / cell - column);
			const at = (row * columns + column) * 3;
			for (let c = 0; c < 3; c++) {
				const top = grid[at + c]! * (1 - fx) + grid[at + 3 + c]! * fx;
				const below = at + columns * 3 + c;
				const bottom = grid[below]! * (1 - fx) + grid[below + 3]! * fx;
				levels[(y * width + x) * 3 + c]! += top * (1 - fy) + bottom * fy;
			}
		}
	}
}

function smooth(t: number): number {
	return t * t * (3 - 2 * t);
}

/** Hard edges: some discs that darken or lighten what is there. */
function addShapes(levels: Float32Array, width: number, height: number, random: Random): void {
	for (let shape = 0; shape < 6; shape++) {
		const [cx, cy] = [random.uniform() * width, random.uniform() * height];
		const radius = width * (0.03 + 0.15 * random.uniform());
		const shift = [0, 0, 0].map(() => 50 * random.normal());
		const [top, bottom] = [Math.max(0, cy - radius), Math.min(height, cy + radius)];
		for (let y = Math.floor(top); y < bottom; y++) {
			const half = Math.sqrt(Math.max(0, radius ** 2 - (y - cy) ** 2));
			const end = Math.min(width, cx + half);
			for (let x = Math.max(0, Math.floor(cx - half)); x < end; x++) {
				for (let c = 0; c < 3; c++) levels[(y * width + x) * 3 + c]! += shift[c]!;
			}
		}
	}
}
