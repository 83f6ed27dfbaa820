import assert from 'node:assert/strict';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Graph } from '../../../engine/encode/onnx/graph';
import {
	floatOf,
	integerAttribute,
	integersAttribute,
	integersOf,
} from '../../../engine/encode/onnx/attribute';
import { graphValue, withShape } from '../../../engine/encode/onnx/graph-value';
import { OnnxModel } from '../../../engine/encode/onnx/onnx-model';
import { bytesOf, DataType, loadFloats, loadIntegers } from '../../../engine/encode/onnx/tensor';
import {
	ByteSource,
	integerField,
	messageField,
	textField,
} from '../../../engine/encode/onnx/protobuf';
import { writeModel } from '../../../engine/encode/onnx/write-model';
import { PACKAGE_ROOT } from '../../../engine/locations';
import { GraphBuilder, largestDifference, runModel, withFolder } from '../../harness/onnx-graph';

const DEMO_TOWER = path.join(PACKAGE_ROOT, 'models', 'demo', 'onnx', 'vision_model.onnx');

/** A model file whose only tensor is encoded as given. */
function fileWithTensor(fields: Uint8Array[]): Uint8Array {
	const graph = messageField(7, messageField(5, fields));
	return Buffer.concat(graph as Uint8Array[]);
}

function encoded(...fields: ReturnType<typeof integerField>[]): Uint8Array[] {
	return fields.flat() as Uint8Array[];
}

describe('ONNX files', () => {
	it('a model that is read and written again computes the same, or quantising starts from another', async () => {
		await withFolder(async (folder) => {
			const copy = path.join(folder, 'copy.onnx');
			await writeModel(OnnxModel.read(DEMO_TOWER), copy);
			const again = OnnxModel.read(copy);
			const original = OnnxModel.read(DEMO_TOWER);
			assert.equal(again.nodes.length, original.nodes.length);
			for (const [name, tensor] of original.initializers) {
				assert.deepEqual(again.initializers.get(name)!.dims, tensor.dims);
			}
			const random = new GraphBuilder([1]).values([3 * 96 * 96]);
			const dims = [1, 3, 96, 96];
			const [a, b] = await Promise.all(
				[original, again].map(async (model) => {
					model.inputs[0] = graphValue('x', DataType.FLOAT, dims);
					const name = OnnxModel.read(DEMO_TOWER).inputs[0]!.name;
					for (const node of model.nodes)
						node.inputs = node.inputs.map((input) => (input === name ? 'x' : input));
					const graph = new Graph(model);
					const [first] = model.outputs;
					graph.add('Identity', [first!.name], { outputs: ['y'] });
					graph.prune([graphValue('y', DataType.FLOAT)]);
					return runModel(graph.model, random, dims);
				}),
			);
			assert.equal(largestDifference(a!, b!), 0);
		});
	});

	it('integers come out of every encoding that exporters use', async () => {
		const values = [0, 1, -1, 300, -2_000_000_000];
		const packed = messageField(
			7,
			values.flatMap((value) => integerField(1, value).slice(1)),
		);
		const single = values.map((value) => integerField(7, value));
		for (const data of [[packed], single]) {
			const file = fileWithTensor(
				encoded(
					integerField(1, values.length),
					integerField(2, DataType.INT64),
					...data,
					textField(8, 't'),
				),
			);
			await withFolder((folder) => {
				const name = path.join(folder, 'model.onnx');
				writeFileSync(name, file);
				const tensor = OnnxModel.read(name).initializers.get('t')!;
				assert.deepEqual(loadIntegers(tensor), values);
				return Promise.resolve();
			});
		}
	});

	it('attributes come back as they were written', () => {
		const node = {
			...{ opType: 'Op', domain: '', name: 'n', inputs: [], outputs: [] },
			attributes: [integerAttribute('axis', -1), integersAttribute('perm', [0, 2, 1, 3])],
		};
		assert.deepEqual(integersOf(node, 'axis'), [-1]);
		assert.deepEqual(integersOf(node, 'perm'), [0, 2, 1, 3]);
		assert.equal(floatOf(node, 'alpha'), undefined);
	});

	it('a fixed shape replaces a free one of the same rank only', () => {
		const free = graphValue('x', DataType.INT64, ['batch', 64]);
		assert.deepEqual(withShape(free, [1, 64]), graphValue('x', DataType.INT64, [1, 64]));
		assert.equal(withShape(free, [1, 3, 8, 8]), free);
	});

	it('weights beside the graph are found, or large models lose theirs', async () => {
		await withFolder((folder) => {
			const weights = Float32Array.of(1.5, -2, 3);
			writeFileSync(
				path.join(folder, 'weights.bin'),
				Buffer.concat([Buffer.alloc(8), bytesOf(weights)]),
			);
			const entry = (key: string, value: string) =>
				messageField(13, [...textField(1, key), ...textField(2, value)]);
			const file = path.join(folder, 'model.onnx');
			const tensor = (location: string) =>
				fileWithTensor(
					encoded(
						...[integerField(1, 3), integerField(2, DataType.FLOAT), textField(8, 't')],
						...[entry('location', location), entry('offset', '8'), entry('length', '12')],
					),
				);
			writeFileSync(file, tensor('weights.bin'));
			assert.deepEqual(loadFloats(OnnxModel.read(file).initializers.get('t')!), weights);
			writeFileSync(file, tensor('../weights.bin'));
			assert.throws(() => OnnxModel.read(file), /outside the model's folder/);
			return Promise.resolve();
		});
	});

	it('a file that is cut off is refused, wherever the cut is', async () => {
		const whole = readFileSync(DEMO_TOWER);
		await withFolder((folder) => {
			const file = path.join(folder, 'cut.onnx');
			for (const share of [0.9, 0.5, 0.01]) {
				writeFileSync(file, whole);
				truncateSync(file, Math.floor(whole.length * share));
				assert.throws(() => OnnxModel.read(file), RangeError);
			}
			return Promise.resolve();
		});
	});

	it('bytes that are no protobuf end with an error, never in a loop', () => {
		for (const bytes of [[0xff, 0xff, 0xff], [0x07], [0x3a, 0x05, 0x01]]) {
			assert.throws(() => [...new ByteSource(Uint8Array.from(bytes)).fields()], RangeError);
		}
	});
});

describe('graphs', () => {
	it('what no output needs is dropped, or the file keeps both forms of the weights', () => {
		const builder = new GraphBuilder([1, 4]);
		builder.op('Mul', ['x', builder.constant([2])], [], 'y');
		builder.op('Add', ['x', builder.random([1 << 10])], [], 'unused');
		const graph = new Graph(builder.model);
		graph.prune();
		assert.deepEqual(
			graph.model.nodes.map(({ opType }) => opType),
			['Mul'],
		);
		assert.equal(graph.model.initializers.size, 1);
	});

	it('nodes are written in an order in which each input is made before it is read', async () => {
		const builder = new GraphBuilder([1, 2]);
		builder.op('Mul', ['sum', builder.constant([3])], [], 'y');
		builder.op('Add', ['x', builder.constant([1])], [], 'sum');
		const graph = new Graph(builder.model);
		graph.prune();
		const y = await runModel(graph.model, Float32Array.of(1, 2), [1, 2]);
		assert.deepEqual([...y], [6, 9]);
	});
});
