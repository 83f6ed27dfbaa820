import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { integerAttribute } from '../../engine/encode/onnx/attribute';
import type { OnnxModel } from '../../engine/encode/onnx/onnx-model';
import { DataType } from '../../engine/encode/onnx/tensor';
import { writeModel } from '../../engine/encode/onnx/write-model';
import { byteBpe, gemmaBpe, unigram } from './small-tokenizers';
import { TowerGraph, type BlockShape } from './tower-graph';

/** Real sizes of a catalogue model (config.json of its repository on the hub). */
interface Architecture {
	family: 'siglip' | 'siglip2' | 'clip' | 'open_clip';
	imageSize: number;
	patchSize: number;
	layers: number;
}

const LAYERS = 12;
const IMAGE_SEED = 7;
const TEXT_SEED = 8;
const EMBEDDED = 512;

/** A SigLIP base, or an OpenAI or OpenCLIP ViT-B/32. */
export function architectureOf(id: string): Architecture | undefined {
	const siglip = /^(siglip2?)-base-patch(16|32)-(224|256|384|512)$/.exec(id);
	if (siglip) {
		const family = siglip[1] as 'siglip' | 'siglip2';
		return { family, imageSize: Number(siglip[3]), patchSize: Number(siglip[2]), layers: LAYERS };
	}
	const b32 = { imageSize: 224, patchSize: 32, layers: LAYERS };
	if (id === 'clip-vit-base-patch32') return { family: 'clip', ...b32 };
	if (id === 'ViT-B-32__laion2b-s34b-b79k') return { family: 'open_clip', ...b32 };
	return undefined;
}

/**
 * Writes a model folder of a catalogue model's real shapes with random weights, in the layout that
 * it has on the hub.
 *
 * @param layers instead of the real number, where the time is not of interest
 * @throws Error for a model whose shapes are not known here
 */
export async function writeRandomModel(id: string, dir: string, layers = LAYERS): Promise<void> {
	const known = architectureOf(id);
	if (!known) {
		throw new Error(`The shapes of ${id} are not known; use --folder with the model's own files.`);
	}
	const architecture = { ...known, layers };
	const { family } = architecture;
	const immich = family === 'open_clip';
	const [visionFile, textFile] = immich
		? ['visual/model.onnx', 'textual/model.onnx']
		: ['onnx/vision_model.onnx', 'onnx/text_model.onnx'];
	const isSiglip = family === 'siglip' || family === 'siglip2';
	const vision = isSiglip ? siglipVision(architecture) : clipVision(architecture);
	const text = isSiglip ? siglipText(architecture) : clipText(architecture);
	await write(vision, path.join(dir, visionFile!));
	await write(text, path.join(dir, textFile!));
	for (const [file, content] of Object.entries(settings(architecture))) {
		mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
		writeFileSync(path.join(dir, file), JSON.stringify(content, null, 1));
	}
}

async function write(model: OnnxModel, file: string): Promise<void> {
	mkdirSync(path.dirname(file), { recursive: true });
	await writeModel(model, file);
}

const SIGLIP_BLOCK: BlockShape = {
	width: 768,
	heads: 12,
	feedForward: 3072,
	gelu: 'tanh',
	epsilon: 1e-6,
};
const SIGLIP_LENGTH = 64;

function siglipVision({ imageSize, patchSize, layers }: Architecture): OnnxModel {
	const graph = new TowerGraph(IMAGE_SEED);
	const { width, epsilon } = SIGLIP_BLOCK;
	const patches = (imageSize / patchSize) ** 2;
	const pixels = graph.input('pixel_values', DataType.FLOAT, [
		'batch_size',
		'num_channels',
		'height',
		'width',
	]);
	const rows = graph.patches(pixels, patchSize, width, true);
	let x = graph.op('Add', [rows, graph.positions('position_embedding.weight', patches, width)]);
	for (let i = 0; i < layers; i++) x = graph.layer(x, `encoder.layers.${i}`, SIGLIP_BLOCK);
	x = graph.layerNorm(x, 'post_layernorm', width, epsilon, 'last_hidden_state');
	// Attention pooling: one learnt query looks at all patches.
	const probe = graph.weight('head.probe', [1, 1, width], (random) => random.normal());
	const pooled = graph.attention(probe, x, 'head.attention', SIGLIP_BLOCK);
	const normed = graph.layerNorm(pooled, 'head.layernorm', width, epsilon);
	const head = graph.op('Add', [pooled, graph.feedForward(normed, 'head.mlp', SIGLIP_BLOCK)]);
	graph.pick(head, 0, 'pooler_output');
	graph.output('last_hidden_state', ['batch_size', patches, width]);
	graph.output('pooler_output', ['batch_size', width]);
	return graph.model;
}

function siglipText({ family, layers }: Architecture): OnnxModel {
	const graph = new TowerGraph(TEXT_SEED);
	const { width, epsilon } = SIGLIP_BLOCK;
	const ids = graph.input('input_ids', DataType.INT64, ['batch_size', 'sequence_length']);
	const vocabulary = family === 'siglip2' ? 256_000 : 32_000;
	let x = graph.embedTokens(ids, vocabulary, SIGLIP_LENGTH, width);
	for (let i = 0; i < layers; i++) x = graph.layer(x, `encoder.layers.${i}`, SIGLIP_BLOCK);
	x = graph.layerNorm(x, 'final_layer_norm', width, epsilon, 'last_hidden_state');
	graph.linear(graph.pick(x, -1), 'head', width, width, { as: 'pooler_output' });
	graph.output('last_hidden_state', ['batch_size', 'sequence_length', width]);
	graph.output('pooler_output', ['batch_size', width]);
	return graph.model;
}

const CLIP_LENGTH = 77;
const CLIP_VOCABULARY = 49_408;
const CLIP_TEXT_WIDTH = 512;

function clipBlock(width: number, immich: boolean): BlockShape {
	return {
		width,
		heads: width / 64,
		feedForward: 4 * width,
		gelu: immich ? 'erf' : 'quick',
		epsilon: 1e-5,
	};
}

function clipVision({ family, imageSize, patchSize, layers }: Architecture): OnnxModel {
	const immich = family === 'open_clip';
	const graph = new TowerGraph(IMAGE_SEED);
	const width = 768;
	const block = clipBlock(width, immich);
	const patches = (imageSize / patchSize) ** 2;
	const pixels = immich
		? graph.input('image', DataType.FLOAT, [1, 3, imageSize, imageSize])
		: graph.input('pixel_values', DataType.FLOAT, ['batch_size', 3, imageSize, imageSize]);
	const rows = graph.patches(pixels, patchSize, width, false);
	const first = graph.weight('class_embedding', [1, 1, width], (random) => random.normal());
	const all = [graph.op('Shape', [pixels]), graph.integers([0])];
	const batch = graph.op('Gather', all, [integerAttribute('axis', 0)]);
	const ones = graph.integers([1, 1]);
	const shape = graph.op('Concat', [batch, ones], [integerAttribute('axis', 0)]);
	const classes = graph.op('Expand', [first, shape]);
	const sequence = graph.op('Concat', [classes, rows], [integerAttribute('axis', 1)]);
	const positions = graph.positions('position_embedding.weight', patches + 1, width);
	let x = graph.op('Add', [sequence, positions]);
	x = graph.layerNorm(x, 'pre_layrnorm', width, block.epsilon);
	for (let i = 0; i < layers; i++) x = graph.layer(x, `encoder.layers.${i}`, block);
	const pooled = graph.layerNorm(graph.pick(x, 0), 'post_layernorm', width, block.epsilon);
	project(graph, pooled, width, immich ? 'embedding' : 'image_embeds', immich);
	return graph.model;
}

function clipText({ family, layers }: Architecture): OnnxModel {
	const immich = family === 'open_clip';
	const graph = new TowerGraph(TEXT_SEED);
	const width = CLIP_TEXT_WIDTH;
	const block = clipBlock(width, immich);
	const ids = immich
		? graph.input('text', DataType.INT32, [1, CLIP_LENGTH])
		: graph.input('input_ids', DataType.INT64, ['batch_size', 'sequence_length']);
	let x = graph.embedTokens(ids, CLIP_VOCABULARY, CLIP_LENGTH, width);
	const mask = graph.constant(
		Array.from({ length: CLIP_LENGTH ** 2 }, (_, i) =>
			i % CLIP_LENGTH > Math.floor(i / CLIP_LENGTH) ? -3.4e38 : 0,
		),
		[1, 1, CLIP_LENGTH, CLIP_LENGTH],
	);
	for (let i = 0; i < layers; i++) x = graph.layer(x, `encoder.layers.${i}`, block, mask);
	x = graph.layerNorm(x, 'final_layer_norm', width, block.epsilon);
	// The end of the text has the highest id.
	const end = graph.op(
		'ArgMax',
		[ids],
		[integerAttribute('axis', 1), integerAttribute('keepdims', 1)],
	);
	const pooled = graph.op('GatherND', [x, end], [integerAttribute('batch_dims', 1)]);
	project(graph, pooled, width, immich ? 'embedding' : 'text_embeds', immich);
	return graph.model;
}

/** Into the common space; Immich's graphs end with the scaling to unit length. */
function project(graph: TowerGraph, x: string, width: number, as: string, unit: boolean): void {
	const projected = graph.linear(x, 'projection', width, EMBEDDED, {
		bias: false,
		...(unit ? {} : { as }),
	});
	if (unit) {
		const squares = graph.op('Mul', [projected, projected]);
		const sum = graph.op('ReduceSum', [squares, graph.integers([-1])]);
		graph.op('Div', [projected, graph.op('Sqrt', [sum])], [], as);
	}
	graph.output(as, [unit ? 1 : 'batch_size', EMBEDDED]);
}

type Files = Record<string, object>;

/** Every other file of the folder. */
function settings(architecture: Architecture): Files {
	const { family } = architecture;
	if (family === 'open_clip') return openClipSettings(architecture);
	return family === 'clip' ? clipSettings(architecture) : siglipSettings(architecture);
}

/** Of OpenAI's CLIP, and of OpenCLIP's. */
const CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073];
const CLIP_STD = [0.26862954, 0.26130258, 0.27577711];

function openClipSettings({ imageSize, patchSize }: Architecture): Files {
	return {
		'config.json': {
			embed_dim: EMBEDDED,
			vision_cfg: { image_size: imageSize, layers: LAYERS, width: 768, patch_size: patchSize },
			text_cfg: {
				context_length: CLIP_LENGTH,
				vocab_size: CLIP_VOCABULARY,
				width: CLIP_TEXT_WIDTH,
				heads: 8,
				layers: LAYERS,
			},
		},
		'visual/preprocess_cfg.json': {
			size: [imageSize, imageSize],
			mode: 'RGB',
			mean: CLIP_MEAN,
			std: CLIP_STD,
			interpolation: 'bicubic',
			resize_mode: 'shortest',
			fill_color: 0,
		},
		...prefixed('textual/', byteBpe()),
	};
}

function clipSettings({ imageSize, patchSize }: Architecture): Files {
	return {
		'config.json': {
			model_type: 'clip',
			projection_dim: EMBEDDED,
			text_config: { model_type: 'clip_text_model', max_position_embeddings: CLIP_LENGTH },
			vision_config: {
				model_type: 'clip_vision_model',
				image_size: imageSize,
				patch_size: patchSize,
			},
		},
		'preprocessor_config.json': {
			do_center_crop: true,
			do_resize: true,
			crop_size: { height: imageSize, width: imageSize },
			size: { shortest_edge: imageSize },
			resample: 3,
			image_mean: CLIP_MEAN,
			image_std: CLIP_STD,
			image_processor_type: 'CLIPImageProcessor',
		},
		...byteBpe(),
	};
}

function siglipSettings({ family, imageSize, patchSize }: Architecture): Files {
	return {
		'config.json': {
			model_type: 'siglip',
			text_config: { model_type: 'siglip_text_model', max_position_embeddings: SIGLIP_LENGTH },
			vision_config: {
				model_type: 'siglip_vision_model',
				image_size: imageSize,
				patch_size: patchSize,
			},
		},
		'preprocessor_config.json': {
			do_resize: true,
			do_rescale: true,
			do_normalize: true,
			rescale_factor: 1 / 255,
			image_mean: [0.5, 0.5, 0.5],
			image_std: [0.5, 0.5, 0.5],
			resample: family === 'siglip2' ? 2 : 3,
			size: { height: imageSize, width: imageSize },
			image_processor_type: 'SiglipImageProcessor',
		},
		...(family === 'siglip2' ? gemmaBpe() : unigram()),
	};
}

function prefixed(prefix: string, files: Files): Files {
	return Object.fromEntries(Object.entries(files).map(([name, file]) => [prefix + name, file]));
}
