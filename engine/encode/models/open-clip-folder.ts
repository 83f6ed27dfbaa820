import path from 'node:path';
import type { FolderRules, PixelRules, TextRules } from './model-folder';
import type { ImageTower } from './model-cost';
import { ModelSettings } from './model-settings';
import type { ResizeFilter } from '../pixels/resample-taps';

/** Of OpenAI's CLIP (open_clip's constants.py, transformers' image_utils.py). */
export const OPENAI_MEAN: [number, number, number] = [0.48145466, 0.4578275, 0.40821073];
export const OPENAI_STD: [number, number, number] = [0.26862954, 0.26130258, 0.27577711];

/** Far beyond the 64 of SigLIP and the 77 of CLIP. */
const MAX_TEXT_LENGTH = 512;

const FILTERS: Record<string, ResizeFilter> = { bicubic: 'bicubic', bilinear: 'bilinear' };
const FITS: Record<string, PixelRules['fit']> = { squash: 'squash', shortest: 'crop' };
const CLEANS = ['whitespace', 'lower', 'canonicalize'] as const;

/** open_clip's model configuration in config.json, and Immich's files beside the two towers. */
export function readOpenClip(dir: string): FolderRules {
	const config = ModelSettings.read(dir, 'config.json');
	return {
		pixels: readPixels(ModelSettings.read(dir, 'visual/preprocess_cfg.json')),
		text: readText(dir, config.section('text_cfg')),
		dimension: config.number('embed_dim'),
		imageTower: readImageTower(config.section('vision_cfg')),
	};
}

/** open_clip's PreprocessCfg; its defaults are CLIP's. */
function readPixels(settings: ModelSettings): PixelRules {
	const filter = FILTERS[settings.string('interpolation') ?? 'bicubic'];
	if (!filter) throw settings.broken('interpolation', 'bicubic and bilinear');
	const fit = FITS[settings.string('resize_mode') ?? 'shortest'];
	// `longest` would pad with fill_color; no model that Immich exports does.
	if (!fit) throw settings.broken('resize_mode', 'squash and shortest');
	if ((settings.string('mode') ?? 'RGB') !== 'RGB') throw settings.broken('mode', 'RGB');
	return {
		imageSize: squareOf(settings),
		filter,
		fit,
		cropRounding: 'even',
		rescale: 1 / 255,
		mean: settings.triple('mean') ?? OPENAI_MEAN,
		std: settings.triple('std') ?? OPENAI_STD,
	};
}

function squareOf(settings: ModelSettings): number {
	const value = settings.raw('size') ?? 224;
	const [height, width = height] = Array.isArray(value) ? (value as unknown[]) : [value];
	if (typeof height === 'number' && Number.isInteger(height) && height > 0 && height === width) {
		return height;
	}
	throw settings.broken('size', 'one number, or two that are equal');
}

function readText(dir: string, text: ModelSettings): TextRules {
	const files = {
		tokenizer: path.join(dir, 'textual', 'tokenizer.json'),
		tokenizerConfig: path.join(dir, 'textual', 'tokenizer_config.json'),
	};
	const length = textLength(text, 'context_length', 77);
	const options = text.section('tokenizer_kwargs');
	const unknown = options.names().find((name) => name !== 'clean');
	if (unknown !== undefined) throw options.broken(unknown, 'no other setting than clean');
	const clean = CLEANS.find((name) => name === options.raw('clean'));
	if (options.raw('clean') !== undefined && !clean) {
		throw options.broken('clean', CLEANS.join(', '));
	}
	if (text.string('hf_tokenizer_name') === undefined) {
		return {
			...files,
			reference: 'SimpleTokenizer',
			clean: clean ?? 'lower',
			length,
			bosToken: '<|startoftext|>',
			eosToken: '<|endoftext|>',
			// SimpleTokenizer fills up with zeros, although 0 is the token of an exclamation mark: the tower
			// looks backwards only and pools at the end of the text.
			padToken: 0,
		};
	}
	const tokens = ModelSettings.read(dir, 'textual/tokenizer_config.json');
	return {
		...files,
		reference: 'HFTokenizer',
		clean: clean ?? 'whitespace',
		length,
		eosToken: tokens.token('eos_token') ?? '</s>',
		padToken: tokens.token('pad_token') ?? '</s>',
	};
}

/** @param otherwise the reference's own default */
export function textLength(settings: ModelSettings, name: string, otherwise: number): number {
	const length = settings.number(name) ?? otherwise;
	if (!Number.isInteger(length) || length < 1 || length > MAX_TEXT_LENGTH) {
		throw settings.broken(name, `a text length from 1 to ${MAX_TEXT_LENGTH}`);
	}
	return length;
}

/** Widths of timm's vision transformers, by the size in their name. */
const TIMM: [name: RegExp, width: number, layers: number, feedForward?: number][] = [
	[/giantopt/, 1536, 40],
	[/giant|gigantic|enormous/, 1408, 40, 6144],
	[/so400m/, 1152, 27, 4304],
	[/huge/, 1280, 32],
	[/large/, 1024, 24],
	[/base/, 768, 12],
];

/** Undefined for towers that are no vision transformers (ResNet, ConvNeXt). */
function readImageTower(vision: ModelSettings): ImageTower | undefined {
	const imageSize = vision.number('image_size') ?? 224;
	const timm = vision.string('timm_model_name');
	if (timm !== undefined) {
		const known = TIMM.find(([name]) => /^(vit|eva)/.test(timm) && name.test(timm));
		if (!known) return undefined;
		const [, width, layers, feedForward] = known;
		const patchSize = Number(/patch(\d+)/.exec(timm)?.[1] ?? 16);
		return { width, layers, feedForward, patchSize, imageSize };
	}
	if (Array.isArray(vision.raw('layers'))) return undefined;
	const width = vision.number('width') ?? 768;
	return {
		width,
		layers: vision.number('layers') ?? 12,
		feedForward: width * (vision.number('mlp_ratio') ?? 4),
		patchSize: vision.number('patch_size') ?? 16,
		imageSize,
	};
}
