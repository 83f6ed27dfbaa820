import assert from 'node:assert/strict';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { OnnxEncoder, type OnnxEncoderOptions } from '../../engine/encode/onnx-encoder';
import type { EngineError } from '../../engine/errors';
import { PACKAGE_ROOT } from '../../engine/locations';
import { colourJpeg } from '../harness/engine';
import { offlineStore } from '../harness/offline-store';

function demoEncoder(options: Partial<OnnxEncoderOptions> = {}): OnnxEncoder {
	return new OnnxEncoder({
		store: offlineStore(path.join(PACKAGE_ROOT, 'models'), 'demo'),
		...options,
	});
}

describe('the encoder', () => {
	for (const decoders of [1, 3]) {
		it(`gives image i the vector of image i, decoded by ${decoders}`, () => alignment(decoders));
	}

	async function alignment(decoders: number): Promise<void> {
		const encoder = demoEncoder({ decoders });
		after(() => encoder.close());
		const photos = await Promise.all(
			['#d02020', '#20a040', '#2040c0', '#e0c020', '#202020', '#f0f0f0'].map((colour) =>
				colourJpeg(colour),
			),
		);
		const alone: Float32Array[] = [];
		for (const photo of photos) alone.push((await encoder.embedImage(photo)).embedding);
		const together = await Promise.all(
			Array.from({ length: 30 }, (_, i) =>
				encoder.embedImage(photos[i % photos.length]!, { interactive: i % 7 === 0 }),
			),
		);
		together.forEach(({ embedding }, i) => assert.deepEqual(embedding, alone[i % photos.length]));
		assert.equal(encoder.pending, 0);
	}

	it('several decoders answer what one answers, for every kind of file', async () => {
		const jpeg = await colourJpeg('#20a040');
		const files = [
			jpeg,
			await sharp(jpeg).jpeg({ progressive: true }).toBuffer(),
			await sharp(jpeg).png().toBuffer(),
			await sharp(jpeg).webp().toBuffer(),
			await sharp(jpeg).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
			jpeg.subarray(0, jpeg.length / 2),
			Buffer.from('no image'),
			Buffer.alloc(0),
		];
		const answers = async (decoders: number) => {
			const encoder = demoEncoder({ decoders });
			after(() => encoder.close());
			const images = [...files, ...files, ...files].map((file) => encoder.embedImage(file));
			const settled = await Promise.allSettled(images);
			return settled.map((image) =>
				image.status === 'fulfilled' ? image.value : (image.reason as EngineError).code,
			);
		};
		const one = await answers(1);
		assert.deepEqual(await answers(3), one);
		assert.deepEqual(
			one.slice(0, files.length).map((answer) => (typeof answer === 'string' ? answer : 'vector')),
			[
				...Array.from({ length: 5 }, () => 'vector'),
				'IMAGE_TRUNCATED',
				'NOT_AN_IMAGE',
				'IMAGE_EMPTY',
			],
		);
	});

	it('lets an interactive picture overtake the photos that wait', async () => {
		const encoder = demoEncoder();
		after(() => encoder.close());
		const photo = await colourJpeg('#20a040', 800);
		// All threads have started: one that starts takes longer than a dozen drawings.
		await Promise.all(Array.from({ length: 8 }, () => encoder.embedImage(photo)));
		const order: string[] = [];
		const batch = Array.from({ length: 24 }, (_, i) =>
			encoder.embedImage(photo).then(() => order.push(`photo ${i}`)),
		);
		const asked = encoder
			.embedImage(photo, { interactive: true })
			.then(() => order.push('the asked one'));
		await Promise.all([...batch, asked]);
		// Behind what was being decoded and computed when it came, at most.
		assert.ok(order.indexOf('the asked one') <= 6, order.join());
	});

	it('one bad image is its own error, the others around it stay', async () => {
		const encoder = demoEncoder();
		after(() => encoder.close());
		const photo = await colourJpeg('#2040c0');
		const files = [photo, Buffer.from('no image'), photo, Buffer.alloc(0), photo];
		const settled = await Promise.allSettled(files.map((file) => encoder.embedImage(file)));
		assert.deepEqual(
			settled.map(({ status }) => status),
			['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
		);
	});

	it('a cancelled photo is not computed, and frees its place', async () => {
		const encoder = demoEncoder();
		after(() => encoder.close());
		const photo = await colourJpeg('#2040c0');
		const stop = new AbortController();
		const batch = Array.from({ length: 12 }, () =>
			encoder.embedImage(photo, { signal: stop.signal }),
		);
		stop.abort();
		const settled = await Promise.allSettled(batch);
		assert.ok(settled.filter(({ status }) => status === 'rejected').length >= 8);
		assert.equal((await encoder.embedImage(photo)).embedding.length, 192);
	});

	it('closing answers everybody who waits, and refuses who comes later', async () => {
		const encoder = demoEncoder();
		const photo = await colourJpeg('#2040c0', 800);
		await encoder.embedImage(photo);
		const waiting = [
			...Array.from({ length: 24 }, () => encoder.embedImage(photo)),
			encoder.embedText('a dog'),
		];
		const settled = Promise.allSettled(waiting);
		await encoder.close();
		const refused = (await settled).filter(({ status }) => status === 'rejected');
		assert.ok(refused.length > 0);
		assert.equal(encoder.pending, 0);
		await assert.rejects(encoder.embedText('a dog'), { code: 'ENGINE_STOPPING' });
		await assert.rejects(encoder.embedImage(photo), { code: 'ENGINE_STOPPING' });
	});

	it('embeds again after its threads were ended for idleness', async () => {
		const encoder = demoEncoder({ unloadMs: 20 });
		after(() => encoder.close());
		const photo = await colourJpeg('#e0c020');
		const before = await encoder.embedImage(photo);
		for (const pause of [0, 20, 25, 60]) {
			await sleep(pause);
			assert.deepEqual((await encoder.embedImage(photo)).embedding, before.embedding);
			assert.equal((await encoder.embedText('a car')).length, 192);
		}
	});
});
