import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { OnnxEncoder } from '../../../engine/encode/onnx-encoder';
import { integerAttribute, type Attribute } from '../../../engine/encode/onnx/attribute';
import { graphValue, type GraphValue } from '../../../engine/encode/onnx/graph-value';
import { OnnxModel } from '../../../engine/encode/onnx/onnx-model';
import { bytesOf, DataType } from '../../../engine/encode/onnx/tensor';
import { writeModel } from '../../../engine/encode/onnx/write-model';
import { loadRuntime } from '../../../engine/encode/runtime/runtime';
import { Tower, type TowerInput } from '../../../engine/encode/runtime/tower';
import { EngineError } from '../../../engine/errors';
import { PACKAGE_ROOT } from '../../../engine/locations';
import { colourJpeg } from '../../harness/engine';
import { offlineStore } from '../../harness/offline-store';
import { withFolder } from '../../harness/onnx-graph';

const SIZE = 2;
const PIXELS = graphValue('pixels', DataType.FLOAT, ['batch', 3, SIZE, SIZE]);
const FLOATS = 3 * SIZE * SIZE;

type NodeParts = [opType: string, inputs: string[], output: string, attributes?: Attribute[]];

function model(inputs: GraphValue[], outputs: GraphValue[], nodes: NodeParts[]): OnnxModel {
	const made = OnnxModel.create(17);
	made.inputs.push(...inputs);
	made.outputs = outputs;
	for (const [opType, from, to, attributes = []] of nodes) {
		made.nodes.push({ opType, domain: '', name: to, inputs: from, outputs: [to], attributes });
	}
	for (const [name, value] of [
		['zero', 0],
		['ten', 10],
		['hundred', 100],
	] as const) {
		made.addInitializer(name, [1], DataType.FLOAT, bytesOf(Float32Array.of(value)));
	}
	return made;
}

const toFloat = (from: string): NodeParts => [
	'Cast',
	[from],
	`${from} as floats`,
	[integerAttribute('to', DataType.FLOAT)],
];
const embedding = (name: string) => graphValue(name, DataType.FLOAT, ['batch', 'dimension']);

async function load(made: OnnxModel): Promise<Tower> {
	return withFolder(async (folder) => {
		const file = path.join(folder, 'tower.onnx');
		await writeModel(made, file);
		return Tower.load(file, await loadRuntime('native', 1));
	});
}

async function broken(work: Promise<unknown>, message: RegExp): Promise<void> {
	await assert.rejects(work, (error) => {
		assert.ok(error instanceof EngineError && error.code === 'MODEL_BROKEN', String(error));
		assert.match(error.message, message);
		return true;
	});
}

const image = (values: number[]): TowerInput => ({
	pixels: Float32Array.from(values),
	size: SIZE,
});

describe('a tower', () => {
	it('embeds pixels under any input name, to unit length', async () => {
		const tower = await load(
			model([PIXELS], [embedding('anything')], [['Flatten', ['pixels'], 'anything']]),
		);
		const vector = await tower.embed(image([3, 4, ...Array.from({ length: FLOATS - 2 }, () => 0)]));
		assert.equal(vector.length, FLOATS);
		assert.deepEqual(
			[...vector.slice(0, 3)].map((value) => value.toFixed(5)),
			['0.60000', '0.80000', '0.00000'],
		);
	});

	it('feeds ids, mask and positions in the types that the graph asks for', async () => {
		for (const type of [DataType.INT32, DataType.INT64]) {
			const input = (name: string) => graphValue(name, type, ['batch', 'length']);
			const tower = await load(
				model(
					[input('text'), input('attention_mask'), input('position_ids')],
					[embedding('text_embeds')],
					[
						toFloat('text'),
						toFloat('attention_mask'),
						toFloat('position_ids'),
						['Mul', ['attention_mask as floats', 'ten'], 'mask'],
						['Mul', ['position_ids as floats', 'hundred'], 'positions'],
						['Add', ['text as floats', 'mask'], 'sum'],
						['Add', ['sum', 'positions'], 'text_embeds'],
					],
				),
			);
			const vector = await tower.embed({ ids: [5, 7, 1] });
			// 5 + 10 + 0, 7 + 10 + 100, 1 + 10 + 200
			const expected = [15, 117, 211];
			const norm = Math.hypot(...expected);
			vector.forEach((value, i) => assert.ok(Math.abs(value - expected[i]! / norm) < 1e-6));
		}
	});

	it('refuses a vector that is zero or not finite, which would be alike to all photos or none', async () => {
		const zero = model(
			[PIXELS],
			[embedding('y')],
			[
				['Flatten', ['pixels'], 'flat'],
				['Mul', ['flat', 'zero'], 'y'],
			],
		);
		const ones = Array.from({ length: FLOATS }, () => 1);
		await broken((await load(zero)).embed(image(ones)), /zero or not finite/);
		const logarithm = model(
			[PIXELS],
			[embedding('y')],
			[
				['Flatten', ['pixels'], 'flat'],
				['Log', ['flat'], 'y'],
			],
		);
		await broken((await load(logarithm)).embed(image([-1, ...ones.slice(1)])), /not finite/);
	});

	it('refuses an output of another shape than promised', async () => {
		const unpooled = model(
			[PIXELS],
			[graphValue('pooler_output', DataType.FLOAT)],
			[['Identity', ['pixels'], 'pooler_output']],
		);
		const ones = Array.from({ length: FLOATS }, () => 1);
		await broken(
			(await load(unpooled)).embed(image(ones)),
			/pooler_output has the shape \[1, 3, 2, 2\]/,
		);
	});

	it('names both numbers where size or length do not fit', async () => {
		const vision = await load(model([PIXELS], [embedding('y')], [['Flatten', ['pixels'], 'y']]));
		await broken(
			vision.embed({ pixels: new Float32Array(27), size: 3 }),
			/images of 2 pixels, but the model's configuration makes them 3/,
		);
		await broken(vision.embed({ ids: [1, 2] }), /image tower, not a text tower/);
		const ids = graphValue('input_ids', DataType.INT64, ['batch', 4]);
		const text = await load(
			model([ids], [embedding('y')], [['Cast', ['input_ids'], 'y', toFloat('')[3]!]]),
		);
		await broken(text.embed({ ids: [1, 2] }), /texts of 4 tokens, but the tokenizer makes 2/);
		await broken(text.embed(image([1])), /text tower, not an image tower/);
	});

	it('refuses a file that is no tower, and one that is no model, with what was found', async () => {
		const unfit = model(
			[PIXELS],
			[graphValue('y', DataType.FLOAT, [1, 3, SIZE, SIZE])],
			[['Identity', ['pixels'], 'y']],
		);
		await broken(load(unfit), /outputs are y float32 \[1, 3, 2, 2\]/);
		await withFolder(async (folder) => {
			const file = path.join(folder, 'torn.onnx');
			writeFileSync(file, Buffer.alloc(1000, 7));
			await broken(Tower.load(file, await loadRuntime('native', 1)), /cannot be loaded/);
			await broken(Tower.load(file, await loadRuntime('wasm', 1)), /cannot be loaded/);
		});
	});
});

describe('two towers that do not belong together', () => {
	it('are refused, or photos are compared with words of another space', async () => {
		await withFolder(async (folder) => {
			const dir = path.join(folder, 'odd');
			cpSync(path.join(PACKAGE_ROOT, 'models', 'demo'), dir, { recursive: true });
			const ids = graphValue('input_ids', DataType.INT64, ['batch', 'length']);
			await writeModel(
				model([ids], [embedding('y')], [['Cast', ['input_ids'], 'y', toFloat('')[3]!]]),
				path.join(dir, 'onnx', 'text_model.onnx'),
			);
			const encoder = new OnnxEncoder({
				store: offlineStore(folder, 'odd'),
			});
			after(() => encoder.close());
			await encoder.embedImage(await colourJpeg('#d02020'));
			await broken(encoder.embedText('a wall'), /192 numbers, the other \d+/);
		});
	});
});
