import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { readModelFolder } from '../../engine/encode/models/model-folder';
import { OnnxEncoder } from '../../engine/encode/onnx-encoder';
import { TextTokenizer } from '../../engine/encode/text/text-tokenizer';
import { cosine } from '../harness/cosine';
import { MIN_REFERENCE_COSINE } from '../../bench/golden/check';
import { offlineStore } from '../harness/offline-store';
import { ROOT } from '../harness/root';

/** Miniatures of each architecture with what transformers and open_clip make of the same (generate.py). */
const FIXTURES = path.join(ROOT, 'test/fixtures/models');

interface Expected {
	text: { text: string; input_ids: number[]; embedding?: number[] }[];
	image: { file: string; embedding: number[] }[];
}

for (const name of ['siglip', 'siglip2', 'clip', 'openclip', 'openclip-siglip']) {
	describe(`fidelity of ${name}`, () => {
		const parent = path.join(FIXTURES, name);
		const model = readdirSync(parent).find((entry) =>
			existsSync(path.join(parent, entry, 'config.json')),
		)!;
		const { text, image } = JSON.parse(
			readFileSync(path.join(parent, 'expected.json'), 'utf8'),
		) as Expected;
		const encoder = new OnnxEncoder({
			store: offlineStore(parent, model),
		});
		after(() => encoder.close());

		it('token ids are those of the reference, for typed special tokens, ties and odd characters too', () => {
			const tokenizer = new TextTokenizer(readModelFolder(path.join(parent, model)).text);
			for (const { text: typed, input_ids } of text) {
				assert.deepEqual(tokenizer.encode(typed), input_ids, JSON.stringify(typed));
			}
		});

		it('text embeddings are those of the reference', async () => {
			for (const { text: typed, embedding } of text) {
				if (!embedding) continue;
				const vector = await encoder.embedText(typed);
				assert.equal(vector.length, embedding.length);
				assert.equal(vector.length, readModelFolder(path.join(parent, model)).dimension);
				const similarity = cosine(vector, embedding);
				assert.ok(similarity >= MIN_REFERENCE_COSINE, `${JSON.stringify(typed)}: ${similarity}`);
			}
		});

		it('image embeddings are those of the reference', async () => {
			for (const { file, embedding } of image) {
				const bytes = readFileSync(path.join(FIXTURES, file));
				const similarity = cosine((await encoder.embedImage(bytes)).embedding, embedding);
				assert.ok(similarity >= MIN_REFERENCE_COSINE, `${file}: ${similarity}`);
			}
		});
	});
}
