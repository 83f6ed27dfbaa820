import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { MAX_PIXELS } from '../../../engine/encode/pixels/image-header';
import { toModelPixels } from '../../../engine/encode/pixels/model-pixels';
import type { FitRules } from '../../../engine/encode/pixels/fit';
import { EngineError } from '../../../engine/errors';
import { ROOT } from '../../harness/root';
import { NO_SHARED_DATA, sharedData } from '../../harness/shared-data';

/** Made by generate.py there. */
const FIXTURES = path.join(ROOT, 'test', 'fixtures', 'pillow');

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

const SQUARE: FitRules = { imageSize: 64, filter: 'bicubic', fit: 'squash' };

async function codeOf(bytes: Uint8Array): Promise<string> {
	try {
		await toModelPixels(bytes, SQUARE);
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
				const { pixels: ours } = await toModelPixels(photoOf(match[1]!), {
					...rules,
					imageSize: Number(match[2]),
				});
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
			const { width, height } = await toModelPixels(
				readFileSync(sharedData('orientation-jpegs', file)),
				SQUARE,
			);
			assert.equal(width < height, file.startsWith('portrait'), file);
		}
	});

	it('of every kind of file are those of Pillow, or a CMYK scan gets other colours', async () => {
		const expected = JSON.parse(
			readFileSync(path.join(FIXTURES, 'expected.json'), 'utf8'),
		) as Record<string, { width: number; height: number; sha256: string }>;
		const rules: FitRules = { imageSize: 32, filter: 'bicubic', fit: 'squash' };
		for (const [file, { width, height, sha256 }] of Object.entries(expected)) {
			const image = await toModelPixels(readFileSync(path.join(FIXTURES, file)), rules);
			assert.deepEqual([image.width, image.height], [width, height], file);
			const digest = createHash('sha256').update(image.pixels).digest('hex');
			assert.equal(digest, sha256, `${file} differs`);
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
