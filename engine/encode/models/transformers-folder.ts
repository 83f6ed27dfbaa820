import path from 'node:path';
import type { FolderRules, PixelRules, TextRules } from './model-folder';
import type { ImageTower } from './model-cost';
import { ModelSettings } from './model-settings';
import { OPENAI_MEAN, OPENAI_STD, textLength } from './open-clip-folder';
import type { ResizeFilter } from '../pixels/resample-taps';

/** PIL.Image.Resampling, as preprocessor_config.json numbers it. */
const RESAMPLE: Record<number, ResizeFilter> = { 2: 'bilinear', 3: 'bicubic' };

/** config.json, preprocessor_config.json and tokenizer_config.json of SigLIP, SigLIP 2 and CLIP. */
export function readTransformers(dir: string): FolderRules {
	const config = ModelSettings.read(dir, 'config.json');
	const family = config.string('model_type');
	if (family !== 'siglip' && family !== 'clip') {
		throw config.broken('model_type', 'siglip (SigLIP 2 of fixed resolution too) and clip');
	}
	const imageTower = readImageTower(config.section('vision_config'));
	const scale = config.number('logit_scale');
	const bias = config.number('logit_bias');
	return {
		pixels: readPixels(ModelSettings.read(dir, 'preprocessor_config.json'), family),
		text: readText(dir, config, family),
		logit: scale !== undefined && bias !== undefined ? { scale: Math.exp(scale), bias } : undefined,
		// CLIP projects, SigLIP does not. 512 is CLIPConfig's default.
		dimension: family === 'clip' ? (config.number('projection_dim') ?? 512) : imageTower.width,
		imageTower,
	};
}

function readPixels(settings: ModelSettings, family: 'siglip' | 'clip'): PixelRules {
	const filter = RESAMPLE[settings.number('resample') ?? 3];
	if (!filter) throw settings.broken('resample', '2 (bilinear) and 3 (bicubic)');
	if (settings.boolean('do_resize') === false) throw settings.broken('do_resize', 'true');
	const crop = settings.boolean('do_center_crop') ?? family === 'clip';
	const imageSize = crop ? squareOf(settings, 'crop_size') : squareOf(settings, 'size');
	if (crop && shortestEdge(settings) !== imageSize) {
		throw settings.broken('size', `a shortest_edge equal to the crop_size, ${imageSize}`);
	}
	const normalised = settings.boolean('do_normalize') ?? true;
	const half: [number, number, number] = [0.5, 0.5, 0.5];
	return {
		imageSize,
		filter,
		fit: crop ? 'crop' : 'squash',
		rescale:
			(settings.boolean('do_rescale') ?? true) ? (settings.number('rescale_factor') ?? 1 / 255) : 1,
		mean: normalised
			? (settings.triple('image_mean') ?? (family === 'clip' ? OPENAI_MEAN : half))
			: [0, 0, 0],
		std: normalised
			? (settings.triple('image_std') ?? (family === 'clip' ? OPENAI_STD : half))
			: [1, 1, 1],
	};
}

/** `{height, width}` or one number, in older files. */
function squareOf(settings: ModelSettings, name: 'size' | 'crop_size'): number {
	const value = settings.raw(name);
	if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
	const { height, width } = (value ?? {}) as { height?: unknown; width?: unknown };
	if (typeof height === 'number' && Number.isInteger(height) && height > 0 && height === width) {
		return height;
	}
	throw settings.broken(name, 'a height and an equal width');
}

/** A crop follows `{shortest_edge}`, one number, or a square that is not square yet. */
function shortestEdge(settings: ModelSettings): number | undefined {
	const value = settings.raw('size');
	if (typeof value === 'number') return value;
	return settings.section('size').number('shortest_edge');
}

function readText(dir: string, config: ModelSettings, family: 'siglip' | 'clip'): TextRules {
	const tokens = ModelSettings.read(dir, 'tokenizer_config.json');
	const files = {
		tokenizer: path.join(dir, 'tokenizer.json'),
		tokenizerConfig: path.join(dir, 'tokenizer_config.json'),
	};
	const text = config.section('text_config');
	if (family === 'clip') {
		return {
			...files,
			reference: 'CLIPTokenizer',
			length: textLength(text, 'max_position_embeddings', 77),
			bosToken: tokens.token('bos_token') ?? '<|startoftext|>',
			eosToken: tokens.token('eos_token') ?? '<|endoftext|>',
			padToken: tokens.token('pad_token') ?? '<|endoftext|>',
		};
	}
	const length = textLength(text, 'max_position_embeddings', 64);
	// SigLIP 2 comes with Gemma's tokenizer under the same model_type, whatever class a copy names.
	const isGemma =
		/gemma|siglip2/i.test(tokens.string('tokenizer_class') ?? '') ||
		tokens.token('eos_token') === '<eos>';
	if (isGemma) {
		return {
			...files,
			reference: 'Siglip2Tokenizer',
			length,
			eosToken: tokens.token('eos_token') ?? '<eos>',
			padToken: tokens.token('pad_token') ?? '<pad>',
		};
	}
	return {
		...files,
		reference: 'SiglipTokenizer',
		length,
		// </s> both ends and pads.
		eosToken: tokens.token('eos_token') ?? '</s>',
		padToken: tokens.token('pad_token') ?? '</s>',
	};
}

/** Defaults are transformers' own: of SiglipVisionConfig and CLIPVisionConfig, a base model. */
function readImageTower(vision: ModelSettings): ImageTower {
	return {
		width: vision.number('hidden_size') ?? 768,
		layers: vision.number('num_hidden_layers') ?? 12,
		feedForward: vision.number('intermediate_size') ?? 3072,
		patchSize: vision.number('patch_size') ?? 16,
		imageSize: vision.number('image_size') ?? 224,
	};
}
