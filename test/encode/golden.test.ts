import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { ModelStore } from '../../engine/encode/models/model-store';
import { OnnxEncoder } from '../../engine/encode/onnx-encoder';
import { readModelFolder } from '../../engine/encode/models/model-folder';
import { TextTokenizer } from '../../engine/encode/text/text-tokenizer';
import { NO_SHARED_DATA, SHARED_DATA, sharedData } from '../harness/shared-data';

interface Golden {
	text: { text: string; input_ids: number[]; embedding: number[] }[];
	image: { file: string; embedding: number[] }[];
}

const MODEL = 'tiny-siglip';
/** The reference's own numbers are rounded to seven digits. */
const MIN_COSINE = 0.9999;

function golden(): Golden {
	return JSON.parse(readFileSync(sharedData('golden', 'expected.json'), 'utf8')) as Golden;
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
	let dot = 0;
	let normA = 0;
	let normB = 0;
	for (let i = 0; i < a.length; i++) {
		dot += a[i]! * b[i]!;
		normA += a[i]! ** 2;
		normB += b[i]! ** 2;
	}
	return dot / Math.sqrt(normA * normB);
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
		const store = new ModelStore({
			bundledDir: SHARED_DATA ? sharedData('golden') : '',
			modelsDir: '/nonexistent',
			defaultModel: MODEL,
			hub: { endpoint: 'http://127.0.0.1:9' },
		});
		const encoder = new OnnxEncoder({ store, runtime });
		after(() => encoder.close());

		it('text embeddings point the same way', async () => {
			for (const { text, embedding } of golden().text) {
				const similarity = cosine(await encoder.embedText(text), embedding);
				assert.ok(similarity >= MIN_COSINE, `${JSON.stringify(text)}: ${similarity}`);
			}
		});

		it('image embeddings point the same way', async () => {
			for (const { file, embedding } of golden().image) {
				const result = await encoder.embedImage(readFileSync(sharedData(file)));
				const similarity = cosine(result.embedding, embedding);
				assert.ok(similarity >= MIN_COSINE, `${file}: ${similarity}`);
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
