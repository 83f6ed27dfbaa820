import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import sharp, { type JpegOptions } from 'sharp';
import { decodeInto } from '../../../engine/encode/pixels/jpeg-decoder';
import { planJpeg } from '../../../engine/encode/pixels/jpeg-plan';
import { PillowResize } from '../../../engine/encode/pixels/pillow-resize';
import { ROOT } from '../../harness/root';
import { NO_SHARED_DATA, sharedData } from '../../harness/shared-data';

const FIXTURES = path.join(ROOT, 'test', 'fixtures', 'pillow');

type Outcome = Uint8Array | 'another kind' | 'broken';

/** Every pixel: resized to its own size, an image stays as it is. */
function decodeAll(bytes: Uint8Array): Outcome {
	const plan = planJpeg(bytes);
	if (!plan) return 'another kind';
	const { width, height } = plan;
	const resize = new PillowResize({
		width,
		height,
		outWidth: width,
		outHeight: height,
		filter: 'bilinear',
		wholeRows: true,
	});
	return decodeInto(bytes, plan, resize) ? resize.finish() : 'broken';
}

/** libjpeg-turbo's, which libvips decodes with. Undefined where it refuses. */
async function reference(bytes: Uint8Array): Promise<Uint8Array | undefined> {
	try {
		const { data, info } = await sharp(bytes, { ignoreIcc: true, failOn: 'none' })
			.raw()
			.toBuffer({ resolveWithObject: true });
		return info.channels === 3 ? data : new Uint8Array(Array.from(data).flatMap((v) => [v, v, v]));
	} catch {
		return undefined;
	}
}

async function assertSame(bytes: Uint8Array, name: string): Promise<void> {
	const ours = decodeAll(bytes);
	assert.ok(typeof ours !== 'string', `${name}: ${String(ours)}`);
	assert.equal(Buffer.compare(ours, (await reference(bytes))!), 0, `${name} differs`);
}

function noise(width: number, height: number, sigma: number, options: JpegOptions) {
	const background = { r: 120, g: 70, b: 180 };
	return sharp({
		create: {
			width,
			height,
			channels: 3,
			background,
			noise: { type: 'gaussian', mean: 128, sigma },
		},
	})
		.jpeg(options)
		.toBuffer();
}

describe('the JPEG decoder', () => {
	it('equals libjpeg-turbo for every edge of the image, or the last column gets wrong chroma', async () => {
		// All widths and heights around one and two units of 16, in both chroma samplings.
		for (const chromaSubsampling of ['4:2:0', '4:4:4']) {
			for (let side = 16; side <= 49; side++) {
				const bytes = await noise(side, 65 - side, 40, { chromaSubsampling, quality: 90 });
				await assertSame(bytes, `${chromaSubsampling}, ${side} wide`);
			}
		}
	});

	it('equals libjpeg-turbo for every quality and contrast, up to levels that have to be cut', async () => {
		for (const quality of [1, 10, 35, 75, 95, 100]) {
			for (const sigma of [2, 30, 128]) {
				for (const optimiseCoding of [true, false]) {
					const bytes = await noise(131, 77, sigma, { quality, optimiseCoding });
					await assertSame(bytes, `quality ${quality}, sigma ${sigma}`);
				}
			}
		}
	});

	it('reads 4:2:2, grey and restart markers, and leaves other kinds to libvips', async () => {
		for (const file of [
			'422.jpg',
			'grey.jpg',
			'restarts.jpg',
			'profile.jpg',
			'orientation-3.jpg',
		]) {
			await assertSame(readFileSync(path.join(FIXTURES, file)), file);
		}
		for (const file of ['progressive.jpg', 'cmyk.jpg', 'ycck.jpg', 'adobe-rgb.jpg', 'rgb.png']) {
			assert.equal(decodeAll(readFileSync(path.join(FIXTURES, file))), 'another kind', file);
		}
	});

	it('gives up on a torn file wherever it is torn, or half a photo would be indexed', async () => {
		const whole = await noise(200, 150, 30, { quality: 80 });
		for (let tenth = 1; tenth < 10; tenth++) {
			const torn = whole.subarray(0, Math.trunc((whole.length * tenth) / 10));
			assert.equal(typeof decodeAll(torn), 'string', `${tenth * 10} %`);
		}
		assert.equal(decodeAll(whole.subarray(0, whole.length - 2)), 'broken', 'no end marker');
	});

	it('gives up or agrees with libjpeg-turbo on damaged data, and is well again after it', async () => {
		const whole = await noise(96, 80, 30, { quality: 75 });
		const start = planJpeg(whole)!.scanStart;
		let agreed = 0;
		for (let at = start; at < whole.length - 2; at += 11) {
			const damaged = Buffer.from(whole);
			damaged[at]! ^= 1 << at % 8;
			const ours = decodeAll(damaged);
			if (typeof ours === 'string') continue;
			const theirs = await reference(damaged);
			assert.ok(theirs && Buffer.compare(ours, theirs) === 0, `byte ${at} turned over`);
			agreed++;
		}
		assert.ok(agreed > 20, `only ${agreed} damaged files were decoded`);
		await assertSame(whole, 'the whole one after them');
	});

	it('equals libvips on real photos and fuzzed files', { skip: NO_SHARED_DATA }, async () => {
		let same = 0;
		for (const folder of ['photos100/photos', 'metadata-jpegs', 'hostile-jpegs']) {
			for (const file of readdirSync(sharedData(folder))) {
				const bytes = readFileSync(sharedData(folder, file));
				const ours = decodeAll(bytes);
				if (typeof ours === 'string') continue;
				const theirs = await reference(bytes);
				assert.ok(theirs && Buffer.compare(ours, theirs) === 0, `${file} differs`);
				same++;
			}
		}
		assert.ok(same > 100, `only ${same} files were decoded`);
	});
});
