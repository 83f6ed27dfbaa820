import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { decode, MAX_PIXELS } from '../../engine/encode/decode';
import { fitImage, type FitRules } from '../../engine/encode/fit';
import { resizePixels } from '../../engine/encode/pillow-resize';
import { EngineError } from '../../engine/errors';
import { NO_SHARED_DATA, sharedData } from '../harness/shared-data';

/** Where the golden file's photo is: portrait_N are the orientation examples. */
function photoOf(name: string): Buffer {
	return readFileSync(
		name.startsWith('portrait_')
			? sharedData('orientation-jpegs', `${name}.jpg`)
			: sharedData('photos100', 'photos', `${name}.jpg`),
	);
}

/** By the names of the golden files. */
const RULES: Record<string, Omit<FitRules, 'imageSize'>> = {
	bicubic: { filter: 'bicubic', fit: 'squash' },
	bilinear: { filter: 'bilinear', fit: 'squash' },
	clipcrop: { filter: 'bicubic', fit: 'crop' },
};

async function codeOf(bytes: Uint8Array): Promise<string> {
	try {
		await decode(bytes);
		return 'decoded';
	} catch (error) {
		assert.ok(error instanceof EngineError, `not an EngineError: ${String(error)}`);
		return error.code;
	}
}

describe('pixels', () => {
	it(
		'differ from Pillow in no byte, so that embeddings are those of the reference',
		{ skip: NO_SHARED_DATA },
		async () => {
			const golden = readdirSync(sharedData('golden', 'resize'));
			let checked = 0;
			for (const file of golden) {
				const match = /^(.+)_(\d+)_(\w+)\.png$/.exec(file);
				const rules = RULES[match?.[3] ?? ''];
				if (!match || !rules) continue;
				const image = await decode(photoOf(match[1]!));
				const job = fitImage(image, { ...rules, imageSize: Number(match[2]) });
				const ours = resizePixels(image.pixels, job);
				// Pillow passed the photo's colour profile on to the PNG; it must not be applied here either.
				const png = readFileSync(sharedData('golden', 'resize', file));
				const theirs = await sharp(png, { ignoreIcc: true }).raw().toBuffer();
				// Not deepEqual: its diff of two such buffers takes gigabytes.
				assert.ok(theirs.equals(ours), `${file} differs`);
				checked++;
			}
			assert.ok(checked >= 21, `only ${checked} golden files`);
		},
	);

	it('of all eight EXIF orientations are upright', { skip: NO_SHARED_DATA }, async () => {
		for (const file of readdirSync(sharedData('orientation-jpegs'))) {
			const { width, height } = await decode(readFileSync(sharedData('orientation-jpegs', file)));
			assert.equal(width < height, file.startsWith('portrait'), file);
		}
	});

	it('of grey, palette, alpha, 16-bit and CMYK images come as RGB', async () => {
		const red = {
			create: {
				width: 40,
				height: 30,
				channels: 4 as const,
				background: { r: 200, g: 20, b: 20, alpha: 0.5 },
			},
		};
		const files = {
			grey: await sharp(red).greyscale().jpeg().toBuffer(),
			palette: await sharp(red).png({ palette: true }).toBuffer(),
			alpha: await sharp(red).png().toBuffer(),
			deep: await sharp(red).toColourspace('rgb16').png().toBuffer(),
			cmyk: await sharp(red).flatten().toColourspace('cmyk').jpeg().toBuffer(),
			webp: await sharp(red).webp().toBuffer(),
		};
		for (const [name, bytes] of Object.entries(files)) {
			const image = await decode(bytes);
			assert.equal(image.pixels.length, 40 * 30 * 3, name);
			assert.ok(image.pixels[0]! > 20, `${name} is not black`);
		}
	});
});

describe('decoding', () => {
	it('names what is wrong with a file that is no photo', async () => {
		const jpeg = await sharp({
			create: { width: 600, height: 400, channels: 3, background: '#4488cc' },
		})
			.jpeg()
			.toBuffer();
		assert.equal(await codeOf(Buffer.alloc(0)), 'IMAGE_EMPTY');
		assert.equal(await codeOf(Buffer.from('%PDF-1.7 not a picture')), 'NOT_AN_IMAGE');
		assert.equal(
			await codeOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
			'NOT_AN_IMAGE',
		);
		assert.equal(await codeOf(jpeg.subarray(0, jpeg.length / 2)), 'IMAGE_TRUNCATED');
	});

	it('refuses a 300-megapixel bomb before unfolding it', async () => {
		const bomb = await sharp({
			create: { width: 64, height: 64, channels: 3, background: 'white' },
		})
			.jpeg()
			.toBuffer();
		// SOF0: marker, length, precision, then height and width.
		const frame = bomb.indexOf(Buffer.from([0xff, 0xc0]));
		bomb.writeUInt16BE(15_000, frame + 5);
		bomb.writeUInt16BE(20_000, frame + 7);
		assert.ok(20_000 * 15_000 > MAX_PIXELS);
		const before = process.memoryUsage.rss();
		assert.equal(await codeOf(bomb), 'IMAGE_TOO_LARGE');
		assert.ok(process.memoryUsage.rss() - before < 200e6);
	});

	it(
		'survives fuzzed files with an error or an image, never a crash',
		{ skip: NO_SHARED_DATA },
		async () => {
			for (const file of readdirSync(sharedData('hostile-jpegs'))) {
				const code = await codeOf(readFileSync(path.join(sharedData('hostile-jpegs'), file)));
				assert.notEqual(code, 'INTERNAL', file);
			}
		},
	);
});
