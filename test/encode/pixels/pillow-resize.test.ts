import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitImage } from '../../../engine/encode/pixels/fit';
import { PillowResize, type ResizeJob } from '../../../engine/encode/pixels/pillow-resize';
import type { ResizeFilter } from '../../../engine/encode/pixels/resample-taps';
import { orientationOf, upright, uprightSize } from '../../../engine/encode/pixels/stored-pixels';
import { referenceResize } from './pillow-reference';

/** The same numbers at each run (mulberry32), so that a failure can be looked at. */
function random(seed: number): () => number {
	return () => {
		seed = (seed + 0x6d2b79f5) | 0;
		let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Noise of every level with many blacks and whites, where the kernels overshoot. */
function noise(width: number, height: number, seed: number): Uint8Array {
	const next = random(seed);
	return Uint8Array.from({ length: width * height * 3 }, () => {
		const level = next() * 512 - 128;
		return Math.max(0, Math.min(255, level));
	});
}

/**
 * @param pixels RGB, 8 bits, row by row as stored: `width * height * 3` bytes
 * @returns the window's `width * height * 3` bytes, equal to Pillow's
 */
function resizePixels(pixels: Uint8Array, job: ResizeJob): Uint8Array {
	const resize = new PillowResize(job);
	const { reach, stripRows, stripStride } = resize;
	const stride = (job.orientation?.transposed ? job.height : job.width) * 3;
	for (let row = 0; row < reach.height; row += stripRows) {
		const rows = Math.min(stripRows, reach.height - row);
		const { strip } = resize;
		for (let i = 0; i < rows; i++) {
			const from = (reach.top + row + i) * stride + reach.left * 3;
			strip.set(pixels.subarray(from, from + reach.width * 3), i * stripStride);
		}
		resize.take(rows);
	}
	return resize.finish();
}

/** The window cut out of the whole image that the plain code resizes. */
function expected(pixels: Uint8Array, job: ResizeJob): Uint8Array {
	const { width, height, outWidth, outHeight, filter } = job;
	const whole = referenceResize(pixels, width, height, outWidth, outHeight, filter);
	if (!job.window) return whole;
	const { left, top, width: columns, height: rows } = job.window;
	const cut = new Uint8Array(columns * rows * 3);
	for (let row = 0; row < rows; row++) {
		const from = ((top + row) * outWidth + left) * 3;
		cut.set(whole.subarray(from, from + columns * 3), row * columns * 3);
	}
	return cut;
}

function assertEqual(pixels: Uint8Array, job: ResizeJob): void {
	const same = Buffer.compare(resizePixels(pixels, job), expected(pixels, job)) === 0;
	assert.ok(same, `differs: ${JSON.stringify(job)}`);
}

const FILTERS: ResizeFilter[] = ['bicubic', 'bilinear'];

describe('the SIMD resampler', () => {
	it('equals the plain one for every shape, or a panorama becomes another picture', () => {
		const shapes: [number, number][] = [
			[1, 1],
			[1, 37],
			[37, 1],
			[2, 3],
			[7, 5],
			[224, 224],
			[223, 225],
			[100, 512],
			[640, 480],
			[1999, 13],
			[13, 1999],
			[65_535, 1],
			[1, 65_535],
		];
		const next = random(1);
		for (let i = 0; i < 40; i++) {
			shapes.push([1 + Math.trunc(next() * 700), 1 + Math.trunc(next() * 700)]);
		}
		for (const [width, height] of shapes) {
			const pixels = noise(width, height, width * 7919 + height);
			for (const filter of FILTERS) {
				for (const side of [224, 31]) {
					assertEqual(pixels, { width, height, outWidth: side, outHeight: side, filter });
				}
				const outWidth = 1 + Math.trunc(next() * 300);
				const outHeight = 1 + Math.trunc(next() * 300);
				assertEqual(pixels, { width, height, outWidth, outHeight, filter });
			}
		}
	});

	it('equals the plain one inside any window, or a crop reads columns it was not given', () => {
		const next = random(2);
		for (let i = 0; i < 60; i++) {
			const [width, height, outWidth, outHeight] = [
				1 + Math.trunc(next() * 400),
				1 + Math.trunc(next() * 400),
				1 + Math.trunc(next() * 300),
				1 + Math.trunc(next() * 300),
			];
			const left = Math.trunc(next() * outWidth);
			const top = Math.trunc(next() * outHeight);
			const window = {
				left,
				top,
				width: 1 + Math.trunc(next() * (outWidth - left)),
				height: 1 + Math.trunc(next() * (outHeight - top)),
			};
			const filter = FILTERS[i % 2]!;
			assertEqual(noise(width, height, i), { width, height, outWidth, outHeight, filter, window });
		}
	});

	it('equals the plain one on the turned image for every EXIF orientation', () => {
		const next = random(4);
		for (let i = 0; i < 64; i++) {
			const [across, down, outWidth, outHeight] = [
				1 + Math.trunc(next() * 300),
				1 + Math.trunc(next() * 300),
				1 + Math.trunc(next() * 200),
				1 + Math.trunc(next() * 200),
			];
			const orientation = orientationOf(1 + (i % 8));
			const stored = noise(across, down, i);
			const turned = upright({ data: stored, width: across, height: down }, orientation);
			const size = uprightSize({ width: across, height: down }, orientation);
			const width = 1 + Math.trunc(next() * outWidth);
			const left = Math.trunc(next() * (outWidth - width));
			const window = { left, top: 0, width, height: outHeight };
			const job = { ...size, outWidth, outHeight, filter: FILTERS[i % 3 ? 0 : 1]!, window };
			const ours = resizePixels(stored, { ...job, orientation });
			const same = Buffer.compare(ours, expected(turned, job)) === 0;
			assert.ok(same, `differs: orientation ${1 + (i % 8)}, ${JSON.stringify(job)}`);
		}
	});

	it('settles plain areas and the finest steps between two levels alike', () => {
		const job = { width: 999, height: 501, outWidth: 224, outHeight: 224 };
		for (const filter of FILTERS) {
			for (const level of [0, 1, 127, 128, 254, 255]) {
				const plain = new Uint8Array(job.width * job.height * 3).fill(level);
				assertEqual(plain, { ...job, filter });
				const steps = plain.map((value, i) => Math.max(0, value - (Math.trunc(i / 3) & 1)));
				assertEqual(steps, { ...job, filter });
			}
		}
	});
});

describe('fitting an image', () => {
	const rules = { imageSize: 224, filter: 'bicubic' as const };

	it('squashes for SigLIP', () => {
		const { outWidth, outHeight, window } = fitImage(
			{ width: 640, height: 480 },
			{ ...rules, fit: 'squash' },
		);
		assert.deepEqual([outWidth, outHeight, window], [224, 224, undefined]);
	});

	it('cuts the centre for CLIP, with the rounding of the reference that is asked for', () => {
		// Widths after resizing and left margins as torchvision 0.29 (even) and transformers 5.23
		// (down) compute them, for a height of 224.
		const cases = [
			{ width: 224, wide: 224, even: 0, down: 0 },
			{ width: 225, wide: 225, even: 0, down: 0 },
			{ width: 226, wide: 226, even: 1, down: 1 },
			{ width: 227, wide: 227, even: 2, down: 1 },
			{ width: 229, wide: 229, even: 2, down: 2 },
			{ width: 231, wide: 231, even: 4, down: 3 },
		];
		for (const { width, wide, even, down } of cases) {
			for (const [cropRounding, left] of [
				['even', even],
				['down', down],
				[undefined, down],
			] as const) {
				const cut = { ...rules, fit: 'crop' as const, cropRounding };
				const landscape = fitImage({ width, height: 224 }, cut);
				assert.equal(landscape.outWidth, wide);
				assert.deepEqual(landscape.window, { left, top: 0, width: 224, height: 224 });
				const portrait = fitImage({ width: 224, height: width }, cut);
				assert.equal(portrait.outHeight, wide);
				assert.deepEqual(portrait.window, { left: 0, top: left, width: 224, height: 224 });
			}
		}
		// 224 * 500 / 375 = 298.67: the fraction is dropped, not rounded.
		assert.equal(fitImage({ width: 375, height: 500 }, { ...rules, fit: 'crop' }).outHeight, 298);
	});

	it('computes a panorama without the parts that the crop drops', () => {
		const job = fitImage({ width: 65_535, height: 1 }, { ...rules, fit: 'crop' });
		assert.equal(job.outWidth, 14_679_840);
		const pixels = resizePixels(noise(65_535, 1, 3), job);
		assert.equal(pixels.length, 224 * 224 * 3);
	});
});
