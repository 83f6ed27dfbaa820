import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { InferenceSession } from 'onnxruntime-node';
import { readSignature } from '../../../engine/encode/runtime/tower-signature';

type Metadata = InferenceSession.ValueMetadata;
type Type = Extract<Metadata, { isTensor: true }>['type'];

function tensor(name: string, type: Type, shape: (number | string)[]): Metadata {
	return { name, isTensor: true, type, shape };
}

const PIXELS = tensor('pixel_values', 'float32', ['batch_size', 3, 224, 224]);
const IDS = tensor('input_ids', 'int64', ['batch_size', 64]);
const POOLED = tensor('pooler_output', 'float32', ['batch_size', 768]);
const HIDDEN = tensor('last_hidden_state', 'float32', ['batch_size', 196, 768]);

describe('the signature of a tower', () => {
	it('SigLIP as transformers exports it', () => {
		assert.deepEqual(readSignature([PIXELS], [HIDDEN, POOLED]), {
			kind: 'image',
			pixels: 'pixel_values',
			size: 224,
			output: 'pooler_output',
		});
		const text = readSignature([IDS], [HIDDEN, POOLED]);
		assert.ok(typeof text === 'object' && text.kind === 'text');
		assert.deepEqual(
			[text.ids.name, text.ids.type, text.length, text.output],
			['input_ids', 'int64', 64, 'pooler_output'],
		);
	});

	it('CLIP: the projected embedding and not the pooled state, or the towers share no space', () => {
		const projected = tensor('image_embeds', 'float32', ['batch_size', 512]);
		const image = readSignature([PIXELS], [HIDDEN, POOLED, projected]);
		assert.equal(typeof image === 'object' && image.output, 'image_embeds');
		const text = readSignature(
			[IDS, tensor('attention_mask', 'int64', ['batch_size', 'sequence'])],
			[POOLED, tensor('text_embeds', 'float32', ['batch_size', 512])],
		);
		assert.ok(typeof text === 'object' && text.kind === 'text');
		assert.equal(text.output, 'text_embeds');
		assert.equal(text.mask?.name, 'attention_mask');
	});

	it('Immich: int32 text and names of its own', () => {
		const image = readSignature(
			[tensor('image', 'float32', ['', 3, 224, 224])],
			[tensor('embedding', 'float32', ['', 512])],
		);
		assert.deepEqual(image, { kind: 'image', pixels: 'image', size: 224, output: 'embedding' });
		const text = readSignature(
			[tensor('text', 'int32', [1, 77])],
			[tensor('embedding', 'float32', [1, 512])],
		);
		assert.ok(typeof text === 'object' && text.kind === 'text');
		assert.deepEqual([text.ids.name, text.ids.type, text.length], ['text', 'int32', 77]);
	});

	it('any size and any length where the graph names no number', () => {
		const image = readSignature(
			[tensor('pixel_values', 'float32', ['batch', 'channels', 'height', 'width'])],
			[POOLED],
		);
		assert.ok(typeof image === 'object' && image.kind === 'image' && image.size === undefined);
		const text = readSignature([tensor('input_ids', 'int64', ['batch', 'length'])], [POOLED]);
		assert.ok(typeof text === 'object' && text.kind === 'text' && text.length === undefined);
	});

	it('says what was found where nothing fits', () => {
		const cases: [Metadata[], Metadata[], RegExp][] = [
			[
				[PIXELS, IDS],
				[POOLED],
				/pixel_values float32 \[batch_size, 3, 224, 224\]; input_ids int64/,
			],
			[[tensor('pixel_values', 'float16', [1, 3, 224, 224])], [POOLED], /pixel_values float16/],
			[[tensor('pixel_values', 'float32', [1, 224, 224, 3])], [POOLED], /\[1, 224, 224, 3\]/],
			[[tensor('pixel_values', 'float32', [8, 3, 224, 224])], [POOLED], /\[8, 3, 224, 224\]/],
			[[tensor('pixel_values', 'float32', [1, 3, 224, 112])], [POOLED], /\[1, 3, 224, 112\]/],
			[[tensor('input_ids', 'float64', [1, 64])], [POOLED], /input_ids float64/],
			[[IDS, tensor('token_type_ids', 'int64', [1, 64])], [POOLED], /token_type_ids/],
			[[PIXELS], [HIDDEN], /last_hidden_state float32 \[batch_size, 196, 768\]/],
			[[PIXELS], [tensor('a', 'float32', [1, 8]), tensor('b', 'float32', [1, 9])], /a float32.*b/],
			[[PIXELS], [tensor('pooler_output', 'int64', [1, 8])], /pooler_output int64/],
			[[], [], /none/],
		];
		for (const [inputs, outputs, expected] of cases) {
			const reason = readSignature(inputs, outputs);
			assert.ok(typeof reason === 'string', JSON.stringify(reason));
			assert.match(reason, expected);
		}
	});
});
