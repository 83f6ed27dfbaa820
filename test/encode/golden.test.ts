import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { OnnxEncoder } from '../../engine/encode/onnx-encoder';
import { readModelFolder } from '../../engine/encode/models/model-folder';
import { TextTokenizer } from '../../engine/encode/text/text-tokenizer';
import { MIN_REFERENCE_COSINE } from '../../bench/golden/check';
import { cosine } from '../harness/cosine';
import { offlineStore } from '../harness/offline-store';
import { NO_SHARED_DATA, sharedData } from '../harness/shared-data';

interface Golden {
	text: { text: string; input_ids: number[]; embedding: number[] }[];
	image: { file: string; embedding: number[] }[];
}

const MODEL = 'tiny-siglip';

function golden(): Golden {
	return JSON.parse(readFileSync(sharedData('golden', 'expected.json'), 'utf8')) as Golden;
}

describe('fidelity to transformers', { skip: NO_SHARED_DATA }, () => {
	it('token ids are equal, or the text tower reads another text', () => {
		const tokenizer = new TextTokenizer(readModelFolder(sharedData('golden', MODEL)).text);
		for (const { text, input_ids } of golden().text) {
			assert.deepEqual(tokenizer.encode(text), input_ids, JSON.stringify(text));
		}
	});
});

for (const runtime of ['native', 'wasm'] as const) {
	describe(`fidelity to transformers, ${runtime} runtime`, { skip: NO_SHARED_DATA }, () => {
		const store = offlineStore(sharedData('golden'), MODEL);
		const encoder = new OnnxEncoder({ store, runtime });
		after(() => encoder.close());

		it('text embeddings point the same way', async () => {
			for (const { text, embedding } of golden().text) {
				const similarity = cosine(await encoder.embedText(text), embedding);
				assert.ok(similarity >= MIN_REFERENCE_COSINE, `${JSON.stringify(text)}: ${similarity}`);
			}
		});

		it('image embeddings point the same way', async () => {
			for (const { file, embedding } of golden().image) {
				const result = await encoder.embedImage(readFileSync(sharedData(file)));
				const similarity = cosine(result.embedding, embedding);
				assert.ok(similarity >= MIN_REFERENCE_COSINE, `${file}: ${similarity}`);
			}
		});

		it('embeddings have unit length, so that a dot product is the cosine', async () => {
			const vector = await encoder.embedText('a dog');
			assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-5);
		});

		it('is the runtime that was asked for, or the test above proves nothing', async () => {
			const { name, version } = await encoder.runtime();
			assert.equal(name, runtime);
			assert.match(version, /^\d+\.\d+\.\d+/);
		});
	});
}
