import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fuseAttention } from '../../../engine/encode/int8/fuse-attention';
import { fuseGelu } from '../../../engine/encode/int8/fuse-gelu';
import { quantiseGraph } from '../../../engine/encode/int8/quantise-graph';
import { quantiseLinear, quantiseRows } from '../../../engine/encode/int8/quantise-weights';
import { Graph } from '../../../engine/encode/onnx/graph';
import { integerAttribute } from '../../../engine/encode/onnx/attribute';
import { cosine } from '../../harness/cosine';
import { GraphBuilder, largestDifference, runModel } from '../../harness/onnx-graph';

describe('8-bit weights', () => {
	const [inputs, outputs] = [5, 3];
	const weights = new GraphBuilder([1]).values([inputs * outputs]);

	it('each weight comes back to within half a step of its own channel', () => {
		const { values, scales } = quantiseLinear(weights, inputs, outputs, false, 8);
		values.forEach((value, i) => {
			const scale = scales[i % outputs]!;
			assert.ok(Math.abs(value * scale - weights[i]!) <= scale / 2 + 1e-6);
		});
	});

	it('a small channel keeps its precision beside a large one', () => {
		const mixed = weights.map((weight, i) => (i % outputs === 0 ? weight * 1000 : weight));
		const alone = quantiseLinear(weights, inputs, outputs, false, 8);
		const beside = quantiseLinear(mixed, inputs, outputs, false, 8);
		assert.deepEqual([...beside.scales.subarray(1)], [...alone.scales.subarray(1)]);
	});

	it('weights stored the other way round are the same layer', () => {
		const transposed = Float32Array.from(
			weights,
			(_, i) => weights[(i % inputs) * outputs + Math.floor(i / inputs)]!,
		);
		assert.deepEqual(
			quantiseLinear(transposed, inputs, outputs, true, 8),
			quantiseLinear(weights, inputs, outputs, false, 8),
		);
	});

	it('7 bits stay within what two products in 16 bits can hold', () => {
		const { values } = quantiseLinear(weights, inputs, outputs, false, 7);
		assert.equal(Math.max(...values.map(Math.abs)), 63);
	});

	it('a channel or row of zeros is zero, not a division by zero', () => {
		const { values, scales } = quantiseLinear(new Float32Array(4), 2, 2, false, 8);
		assert.ok([...values, ...scales].every((value) => value === 0));
		const rows = quantiseRows(Float32Array.of(0, 0, 1, -2), 2, 2);
		assert.deepEqual([...rows.values], [0, 0, 64, -127]);
	});
});

describe('8-bit layers', () => {
	/** Sixteen positions through one layer. */
	function layer(write: (builder: GraphBuilder) => void) {
		const dims = [1, 16, 96];
		const builder = new GraphBuilder(dims);
		write(builder);
		return { model: builder.model, x: builder.values(dims, 2), dims };
	}
	const spellings: Record<string, (builder: GraphBuilder) => void> = {
		'product and sum': (b) =>
			b.op('Add', [b.op('MatMul', ['x', b.random([96, 64])]), b.random([64])], [], 'y'),
		'sum with the bias first': (b) =>
			b.op('Add', [b.random([64]), b.op('MatMul', ['x', b.random([96, 64])])], [], 'y'),
		'product alone': (b) => b.op('MatMul', ['x', b.random([96, 64])], [], 'y'),
		'Gemm with the weights transposed': (b) => {
			const flat = b.reshape('x', [16, 96]);
			b.op(
				'Gemm',
				[flat, b.random([64, 96]), b.random([64])],
				[integerAttribute('transB', 1)],
				'y',
			);
		},
	};
	for (const [name, write] of Object.entries(spellings)) {
		it(`${name}: nearly the same result, in 8 bits`, async () => {
			const expected = await runModel(layer(write).model, layer(write).x, layer(write).dims);
			const { model, x, dims } = layer(write);
			const graph = new Graph(model);
			quantiseGraph(graph, 8, new Set());
			graph.prune();
			assert.ok(graph.model.nodes.some(({ opType }) => opType === 'MatMulIntegerToFloat'));
			assert.ok(cosine(await runModel(graph.model, x, dims), expected) > 0.999);
		});
	}

	it('a layer that is to keep its 32 bits is left alone', async () => {
		const write = spellings['product and sum']!;
		const expected = await runModel(layer(write).model, layer(write).x, layer(write).dims);
		const { model, x, dims } = layer(write);
		const graph = new Graph(model);
		quantiseGraph(graph, 8, new Set(['y']));
		graph.prune();
		assert.equal(largestDifference(await runModel(graph.model, x, dims), expected), 0);
	});

	it('layers that read one tensor through reshapes of their own quantise it once', () => {
		const builder = new GraphBuilder([1, 16, 96]);
		const products = [1, 2, 3].map(() =>
			builder.op('MatMul', [builder.reshape('x', [16, 96]), builder.random([96, 64])]),
		);
		builder.op('Sum', products, [], 'y');
		const graph = new Graph(builder.model);
		quantiseGraph(graph, 8, new Set());
		graph.prune();
		const count = graph.model.nodes.filter(({ opType }) => opType === 'DynamicQuantizeLinear');
		assert.equal(count.length, 1);
	});
});

describe('activations', () => {
	const dims = [1, 64];
	/** The tanh form, as PyTorch's exporter spelled it at different times. */
	const tanhForms: Record<string, (b: GraphBuilder, x: string) => string> = {
		'with a power': (b, x) => {
			const cube = b.op('Mul', [b.op('Pow', [x, b.constant([3], [])]), b.constant([0.044715], [])]);
			const inner = b.op('Mul', [b.op('Add', [x, cube]), b.constant([0.7978845608], [])]);
			const factor = b.op('Add', [b.op('Tanh', [inner]), b.constant([1], [])]);
			return b.op('Mul', [b.op('Mul', [x, b.constant([0.5], [])]), factor], [], 'y');
		},
		'with products, halved at the end': (b, x) => {
			const square = b.op('Mul', [x, x]);
			const cube = b.op('Mul', [b.constant([0.044715], []), b.op('Mul', [x, square])]);
			const inner = b.op('Mul', [b.constant([0.7978845608], []), b.op('Add', [x, cube])]);
			const factor = b.op('Add', [b.constant([1], []), b.op('Tanh', [inner])]);
			return b.op('Mul', [b.constant([0.5], []), b.op('Mul', [x, factor])], [], 'y');
		},
	};

	/** The input of an activation is a tensor like any other: here one with a bias before it. */
	async function fuse(spell: (b: GraphBuilder, x: string) => string) {
		const build = () => {
			const builder = new GraphBuilder(dims);
			spell(builder, builder.op('Add', ['x', builder.random([64])]));
			return builder.model;
		};
		const x = new GraphBuilder(dims).values(dims, 4);
		const expected = await runModel(build(), x, dims);
		const graph = new Graph(build());
		const found = fuseGelu(graph);
		graph.prune();
		const ops = graph.model.nodes.map(({ opType }) => opType);
		return {
			found,
			ops,
			difference: largestDifference(await runModel(graph.model, x, dims), expected),
		};
	}

	for (const [name, spell] of Object.entries(tanhForms)) {
		it(`GELU by tanh ${name} becomes one operator`, async () => {
			const { ops, difference } = await fuse(spell);
			assert.deepEqual(ops, ['Add', 'FastGelu']);
			assert.ok(difference < 1e-5, String(difference));
		});
	}

	it('GELU by erf and quick GELU become one operator', async () => {
		const erf = await fuse((b, x) => {
			const inner = b.op('Erf', [b.op('Div', [x, b.constant([Math.SQRT2], [])])]);
			const factor = b.op('Add', [inner, b.constant([1], [])]);
			return b.op('Mul', [b.op('Mul', [x, factor]), b.constant([0.5], [])], [], 'y');
		});
		assert.deepEqual(erf.ops, ['Add', 'Gelu']);
		assert.ok(erf.difference < 1e-5, String(erf.difference));
		const quick = await fuse((b, x) => {
			const gate = b.op('Sigmoid', [b.op('Mul', [x, b.constant([1.702], [])])]);
			return b.op('Mul', [x, gate], [], 'y');
		});
		assert.deepEqual(quick.ops, ['Add', 'QuickGelu']);
		assert.ok(quick.difference < 1e-5, String(quick.difference));
	});

	it('what only looks like an activation stays, or the model computes something else', async () => {
		const { found, difference } = await fuse((b, x) => {
			const gate = b.op('Sigmoid', [b.op('Mul', [x, b.constant([1.5], [])])]);
			return b.op('Mul', [x, gate], [], 'y');
		});
		assert.equal(found, 0);
		assert.equal(difference, 0);
	});
});

describe('attention', () => {
	const [positions, heads, size] = [6, 4, 8];
	const width = heads * size;
	const dims = [1, positions, width];

	interface Spelling {
		scale: 'product' | 'both sides' | 'query';
		/** Heads and batch in one dimension, as in older exports. */
		three?: boolean;
		masked?: boolean;
	}

	function attention({ scale, three, masked }: Spelling) {
		const b = new GraphBuilder(dims);
		const project = () => {
			const bias = b.op('Add', [
				b.op('MatMul', ['x', b.random([width, width])]),
				b.random([width]),
			]);
			return b.reshape(bias, [1, positions, -1, size]);
		};
		const merged = (tensor: string) =>
			three ? b.reshape(tensor, [heads, positions, size]) : tensor;
		const times = (tensor: string, factor: number) =>
			b.op('Mul', [tensor, b.constant([factor], [])]);
		let query = merged(b.transpose(project(), [0, 2, 1, 3]));
		let key = three
			? b.transpose(merged(b.transpose(project(), [0, 2, 1, 3])), [0, 2, 1])
			: b.transpose(project(), [0, 2, 3, 1]);
		const value = merged(b.transpose(project(), [0, 2, 1, 3]));
		const factor = 1 / Math.sqrt(size);
		if (scale === 'query') query = times(query, factor);
		if (scale === 'both sides') {
			query = times(query, Math.sqrt(factor));
			key = times(key, Math.sqrt(factor));
		}
		let scores = b.op('MatMul', [query, key]);
		if (scale === 'product') scores = times(scores, factor);
		if (masked) {
			const causal = Array.from({ length: positions ** 2 }, (_, i) =>
				i % positions > Math.floor(i / positions) ? -1e9 : 0,
			);
			scores = b.op('Add', [scores, b.constant(causal, [1, 1, positions, positions])]);
		}
		const weights = b.op('Softmax', [scores], [integerAttribute('axis', -1)]);
		const result = b.op('MatMul', [weights, value]);
		const back = b.transpose(
			three ? b.reshape(result, [1, heads, positions, size]) : result,
			[0, 2, 1, 3],
		);
		b.op('Reshape', [back, b.integers([1, positions, width])], [], 'y');
		return b.model;
	}

	const spellings: Record<string, Spelling> = {
		'scaled scores': { scale: 'product' },
		'query and key scaled': { scale: 'both sides' },
		'heads in the batch': { scale: 'query', three: true },
		'a causal mask': { scale: 'product', masked: true },
	};
	for (const [name, spelling] of Object.entries(spellings)) {
		it(`${name}: one operator computes the same`, async () => {
			const x = new GraphBuilder(dims).values(dims);
			const expected = await runModel(attention(spelling), x, dims);
			const graph = new Graph(attention(spelling));
			assert.equal(fuseAttention(graph), 1);
			graph.prune();
			assert.ok(graph.model.nodes.every(({ opType }) => opType !== 'Softmax'));
			assert.ok(largestDifference(await runModel(graph.model, x, dims), expected) < 1e-5);
		});
	}

	it('a softmax that is no attention stays', () => {
		const b = new GraphBuilder([1, 4]);
		b.op('Softmax', ['x'], [integerAttribute('axis', -1)], 'y');
		assert.equal(fuseAttention(new Graph(b.model)), 0);
	});
});
