import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { CATALOGUE, DEFAULT_MODEL, findModel } from '../../../engine/encode/models/model-catalogue';
import { gflopsOfPhoto, speedOf } from '../../../engine/encode/models/model-cost';
import { readModelFolder } from '../../../engine/encode/models/model-folder';
import { filesOf } from '../../../engine/encode/models/model-layout';
import { EngineError } from '../../../engine/errors';
import { ROOT } from '../../harness/root';

describe('the model catalogue', () => {
	it('holds every model that is promised, under the name the documentation uses', () => {
		const promised = [
			...[512, 384, 256, 224].map((size) => `siglip-base-patch16-${size}`),
			...[224, 256, 384, 512].map((size) => `siglip2-base-patch16-${size}`),
			'siglip2-base-patch32-256',
			'ViT-B-32__laion2b-s34b-b79k',
			'clip-vit-base-patch32',
			'demo',
		];
		assert.deepEqual(CATALOGUE.map(({ id }) => id).sort(), promised.sort());
		assert.equal(findModel(DEFAULT_MODEL)?.dimension, 768);
	});

	it('names files that the layout has, or their checksums are never looked at', () => {
		for (const { id, layout, files = {}, downloadBytes = Infinity } of CATALOGUE) {
			const { config, towers } = filesOf(layout);
			let sum = 0;
			for (const [file, { bytes, sha256 }] of Object.entries(files)) {
				assert.ok([...config, ...towers].includes(file), `${id}: ${file}`);
				assert.match(sha256, /^[0-9a-f]{64}$/);
				sum += bytes;
			}
			assert.ok(sum <= downloadBytes + 1e6, `${id}: ${sum} > ${downloadBytes}`);
		}
	});

	it('pins whole commits only: a short one would be a branch to the hub', () => {
		for (const { revision } of CATALOGUE) {
			assert.match(revision ?? 'main', /^(main|[0-9a-f]{40})$/);
		}
	});

	it('says the rules that a folder of the same kind has, or the two contradict each other', () => {
		const kinds: [fixture: string, id: string][] = [
			['siglip', 'siglip-base-patch16-512'],
			['siglip2', 'siglip2-base-patch32-256'],
			['clip', 'clip-vit-base-patch32'],
			['openclip', 'ViT-B-32__laion2b-s34b-b79k'],
		];
		for (const [name, id] of kinds) {
			const { pixels, text } = readModelFolder(
				path.join(ROOT, 'test/fixtures/models', name, `tiny-${name}`),
			);
			const known = findModel(id)!;
			assert.deepEqual(known.resize, { fit: pixels.fit, filter: pixels.filter }, id);
			assert.equal(known.text, text.reference, id);
		}
	});

	it('calls 32-pixel patches fast and 512-pixel photos slowest', () => {
		const speed = (id: string) => speedOf(findModel(id)!.gflops!);
		assert.deepEqual(
			[
				'ViT-B-32__laion2b-s34b-b79k',
				'siglip-base-patch16-224',
				'siglip2-base-patch16-384',
				DEFAULT_MODEL,
			].map(speed),
			['fast', 'medium', 'slow', 'slowest'],
		);
	});

	it('refuses large variants by name, with the price and the way round it', () => {
		const large: [id: string, gflops: number][] = [
			['siglip-large-patch16-384', 381],
			['siglip-so400m-patch14-384', 665],
			['siglip2-large-patch16-256', 161],
			['siglip2-so400m-patch16-512', 972],
			['siglip2-giant-opt-patch16-384', 1386],
			['clip-vit-large-patch14', 161],
			['ViT-L-14__laion2b-s32b-b82k', 161],
			['ViT-L-14-336__openai', 380],
			['ViT-L-16-SigLIP2-512__webli', 722],
			['ViT-H-14-378-quickgelu__dfn5b', 1004],
			['ViT-g-14__laion2b-s12b-b42k', 531],
			['ViT-SO400M-14-SigLIP-384__webli', 665],
			['ViT-gopt-16-SigLIP2-256__webli', 596],
		];
		for (const [id, gflops] of large) {
			assert.throws(
				() => findModel(id),
				(error) => {
					assert.ok(error instanceof EngineError);
					assert.equal(error.code, 'MODEL_TOO_LARGE');
					assert.ok(
						Math.abs(Number(error.details?.['gflops']) - gflops) <= gflops * 0.01,
						`${id}: ${error.message}`,
					);
					assert.match(error.message, /SEMANTIC_IMAGE_SEARCH_ALLOW_LARGE=1/);
					return true;
				},
				id,
			);
			assert.equal(findModel(id, { allowLarge: true })?.id, id);
		}
	});

	it('says nothing about names it does not know, base models of other makers among them', () => {
		for (const id of ['my-model', 'ViT-B-16__openai', 'ViT-B-16-SigLIP__webli', 'siglip2-large']) {
			assert.equal(findModel(id), undefined, id);
		}
	});

	it('counts the operations of the base model as its paper does', () => {
		const base = { width: 768, layers: 12, patchSize: 16 };
		for (const [imageSize, gflops] of [
			[224, 35],
			[256, 47],
			[384, 112],
			[512, 216],
		] as const) {
			const counted = gflopsOfPhoto({ ...base, imageSize });
			assert.ok(Math.abs(counted - gflops) / gflops < 0.04, `${imageSize}: ${counted}`);
		}
	});
});
