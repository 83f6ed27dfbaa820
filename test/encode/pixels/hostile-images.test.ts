import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import sharp from 'sharp';
import { toModelPixels } from '../../../engine/encode/pixels/model-pixels';
import { OnnxEncoder } from '../../../engine/encode/onnx-encoder';
import { EngineError } from '../../../engine/errors';
import { offlineStore } from '../../harness/offline-store';
import { ROOT } from '../../harness/root';
import { NO_SHARED_DATA, sharedData } from '../../harness/shared-data';
import type { PeakReport } from './peak-memory';

const RULES = { imageSize: 64, filter: 'bicubic', fit: 'squash' } as const;
const IMAGE_ERRORS = ['NOT_AN_IMAGE', 'IMAGE_EMPTY', 'IMAGE_TRUNCATED', 'IMAGE_TOO_LARGE', 'BUSY'];
const MAX_MS = 10_000;
const MAX_GROWTH = 400e6;
const FIXTURES = path.join(ROOT, 'test', 'fixtures', 'pillow');

/** The pixels, or the code of the error that says what is wrong with the image. */
async function outcome(bytes: Uint8Array): Promise<Uint8Array | string> {
	const start = performance.now();
	try {
		return (await toModelPixels(bytes, RULES)).pixels;
	} catch (error) {
		assert.ok(error instanceof EngineError, String(error));
		assert.ok(IMAGE_ERRORS.includes(error.code), `${error.code}: ${error.message}`);
		return error.code;
	} finally {
		assert.ok(performance.now() - start < MAX_MS);
	}
}

function plain(background: string) {
	return sharp({ create: { width: 320, height: 200, channels: 3, background } });
}

describe('a hostile image', () => {
	it('of another kind with the name of a photo is no image', async () => {
		const files = {
			svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
			pdf: Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj'),
			heic: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0', 'latin1'),
			html: Buffer.from('<!doctype html><title>404</title>'),
			zeros: Buffer.alloc(100_000),
			bmp: Buffer.from('BM\x9a\0\0\0\0\0\0\0', 'latin1'),
		};
		for (const [name, bytes] of Object.entries(files)) {
			assert.equal(await outcome(bytes), 'NOT_AN_IMAGE', name);
		}
		assert.equal(await outcome(Buffer.alloc(0)), 'IMAGE_EMPTY');
	});

	it('cut off anywhere is an error or the whole picture, never half of it', async () => {
		const files = readdirSync(FIXTURES).filter((file) => /\.(jpg|png|webp|gif|tif)$/.test(file));
		for (const file of files) {
			const bytes = readFileSync(path.join(FIXTURES, file));
			const whole = await outcome(bytes);
			assert.ok(typeof whole !== 'string', `${file}: ${String(whole)}`);
			for (let tenth = 1; tenth < 10; tenth++) {
				const torn = await outcome(bytes.subarray(0, Math.trunc((bytes.length * tenth) / 10)));
				const fine = typeof torn === 'string' || Buffer.compare(torn, whole) === 0;
				assert.ok(fine, `${file} cut at ${tenth * 10} % gives another picture`);
			}
		}
	});

	it('with sides beyond reason is refused, and a narrow one is not', async () => {
		const line = await sharp({
			create: { width: 65_500, height: 1, channels: 3, background: '#336699' },
		})
			.jpeg()
			.toBuffer();
		for (const bytes of [line, await sharp(line).rotate(90).png().toBuffer()]) {
			const pixels = await outcome(bytes);
			assert.ok(typeof pixels !== 'string', String(pixels));
			assert.ok(Math.abs(pixels[0]! - 0x33) < 4);
		}
		const wide = await sharp({
			create: { width: 70_000, height: 1, channels: 3, background: 'white' },
		})
			.png()
			.toBuffer();
		assert.equal(await outcome(wide), 'IMAGE_TOO_LARGE');
	});

	it('with hundreds of progressive scans is refused before they are decoded', async () => {
		const progressive = await sharp({
			create: { width: 4000, height: 2500, channels: 3, background: 'white' },
		})
			.jpeg({ progressive: true })
			.toBuffer();
		const scan = progressive.indexOf(Buffer.from([0xff, 0xda]));
		const bomb = Buffer.concat([
			progressive.subarray(0, -2),
			...Array.from({ length: 300 }, () => progressive.subarray(scan, -2)),
			progressive.subarray(-2),
		]);
		assert.equal(await outcome(bomb), 'IMAGE_TOO_LARGE');
		assert.ok(typeof (await outcome(progressive)) !== 'string', 'the honest one is decoded');
	});

	it('of a hundred megapixels takes less than 400 MB, whatever its kind', async (t) => {
		if (process.platform !== 'linux') return t.skip('the peak is read from /proc');
		const folder = mkdtempSync(path.join(tmpdir(), 'hostile-'));
		after(() => rmSync(folder, { recursive: true }));
		const make = (width: number, height: number) =>
			sharp({
				create: { width, height, channels: 3, background: '#884422' },
				limitInputPixels: false,
			});
		const files: [name: string, bytes: Buffer, expected: RegExp][] = [
			['99.jpg', await make(9000, 11_000).jpeg().toBuffer(), /^9000x11000$/],
			[
				'turned.jpg',
				await make(9000, 11_000).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
				/^11000x9000$/,
			],
			[
				'progressive.jpg',
				await make(9000, 9000).jpeg({ progressive: true }).toBuffer(),
				// Six seconds may not be enough where other tests are at work.
				/^(9000x9000|BUSY)$/,
			],
			[
				'progressive-444.jpg',
				await make(9000, 11_000).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
				/^IMAGE_TOO_LARGE$/,
			],
			['99.png', await make(9000, 11_000).png({ compressionLevel: 1 }).toBuffer(), /^9000x11000$/],
			['40.webp', await make(6300, 6300).webp({ effort: 0 }).toBuffer(), /^6300x6300$/],
			['60.webp', await make(6000, 10_000).webp({ effort: 0 }).toBuffer(), /^IMAGE_TOO_LARGE$/],
		];
		for (const [name, bytes, expected] of files) {
			const file = path.join(folder, name);
			writeFileSync(file, bytes);
			const program = path.join(__dirname, 'peak-memory.js');
			const said = execFileSync(process.execPath, [program, file], { encoding: 'utf8' });
			const { outcome: result, grownBytes, ms } = JSON.parse(said) as PeakReport;
			assert.match(result, expected, name);
			assert.ok(grownBytes < MAX_GROWTH, `${name}: ${Math.round(grownBytes / 1e6)} MB`);
			assert.ok(ms < MAX_MS, `${name}: ${ms} ms`);
		}
	});
});

describe('a batch with bad images in it', () => {
	const encoder = new OnnxEncoder({
		store: offlineStore(path.join(ROOT, 'models'), 'demo'),
	});
	after(() => encoder.close());

	it('gives every good one its own vector, or a photo is found by its neighbour', async () => {
		const colours = ['#d02020', '#20d020', '#2020d0', '#d0d020', '#20d0d0', '#d020d0', '#808080'];
		const good = await Promise.all(
			colours.flatMap((colour) => [
				plain(colour).jpeg().toBuffer(),
				plain(colour).withMetadata({ orientation: 6 }).jpeg({ progressive: true }).toBuffer(),
				plain(colour).png().toBuffer(),
			]),
		);
		const alone: Float32Array[] = [];
		for (const bytes of good) alone.push((await encoder.embedImage(bytes)).embedding);

		const bad = [
			Buffer.alloc(0),
			good[0]!.subarray(0, 400),
			Buffer.from('no image'),
			good[2]!.subarray(0, good[2]!.length - 30),
		];
		const batch = good.flatMap((bytes, i) => [bytes, bad[i % bad.length]!]);
		const results = await Promise.allSettled(batch.map((bytes) => encoder.embedImage(bytes)));
		for (const [i, result] of results.entries()) {
			if (i % 2 === 1) {
				assert.equal(result.status, 'rejected', `bad image ${i}`);
				continue;
			}
			assert.equal(result.status, 'fulfilled', `good image ${i}`);
			if (result.status !== 'fulfilled') continue;
			assert.deepEqual(result.value.embedding, alone[i / 2], `vector of image ${i}`);
		}
	});

	it(
		'of fuzzed files is answered one by one, and the next photo as ever',
		{
			skip: NO_SHARED_DATA,
		},
		async () => {
			const photo = await plain('#d02020').jpeg().toBuffer();
			const before = (await encoder.embedImage(photo)).embedding;
			const files = readdirSync(sharedData('hostile-jpegs'));
			const results = await Promise.allSettled(
				files.map((file) => encoder.embedImage(readFileSync(sharedData('hostile-jpegs', file)))),
			);
			for (const [i, result] of results.entries()) {
				if (result.status === 'fulfilled') continue;
				assert.ok(result.reason instanceof EngineError, files[i]);
				assert.ok(IMAGE_ERRORS.includes(result.reason.code), `${files[i]}: ${result.reason.code}`);
			}
			assert.deepEqual((await encoder.embedImage(photo)).embedding, before);
		},
	);
});
