import { createHash } from 'node:crypto';
import { existsSync, openSync, readFileSync, readSync, closeSync, statSync } from 'node:fs';
import path from 'node:path';
import { EngineError } from '../errors';
import { filesOf } from './model-layout';
import type { ResizeFilter } from './pillow-resize';

/** Everything the towers need to know, read from the files of a model in the hub's layout. */
export interface ModelFolder {
	dir: string;
	/** What a vector remembers beside the model's name: commit of the hub, or a digest of the files. */
	revision: string;
	visionModel: string;
	textModel: string;
	pixels: PixelRules;
	text: TextRules;
	/** exp(logit_scale) and logit_bias, where config.json carries them. */
	logit?: { scale: number; bias: number };
}

/** From preprocessor_config.json. */
export interface PixelRules {
	imageSize: number;
	filter: ResizeFilter;
	/** `squash` ignores the aspect ratio (SigLIP); `crop` keeps it and cuts the centre square (CLIP). */
	fit: 'squash' | 'crop';
	/**
	 * Of the crop's odd margins: transformers rounds down, torchvision and so open_clip to the nearest
	 * even half. Default `down`.
	 */
	cropRounding?: 'down' | 'even';
	rescale: number;
	mean: [number, number, number];
	std: [number, number, number];
}

/** From config.json and tokenizer_config.json. */
export interface TextRules {
	tokenizer: string;
	tokenizerConfig: string;
	/** Every input is padded or cut to exactly this many tokens: pooling reads the last position. */
	length: number;
	eosToken: string;
	padToken: string;
}

/** Far beyond the 64 of SigLIP and the 77 of CLIP. */
const MAX_TEXT_LENGTH = 512;

export const { config: CONFIG_FILES, towers: TOWER_FILES } = filesOf('transformers');
/** Written by the download: which commit of the hub a folder holds. */
export const MANIFEST_FILE = 'manifest.json';

/** PIL.Image.Resampling, as preprocessor_config.json numbers it. */
const RESAMPLE: Record<number, ResizeFilter> = { 2: 'bilinear', 3: 'bicubic' };

type Json = Record<string, unknown>;

/**
 * @throws EngineError `MODEL_BROKEN` naming the missing file or the setting that is not understood
 */
export function readModelFolder(dir: string): ModelFolder {
	for (const file of [...CONFIG_FILES, ...TOWER_FILES]) {
		if (!existsSync(path.join(dir, file))) {
			throw new EngineError(
				'MODEL_BROKEN',
				`The model in ${dir} has no ${file}. Download it again or complete the folder.`,
			);
		}
	}
	const config = readJson(dir, 'config.json');
	const modelType = config['model_type'];
	if (modelType !== 'siglip') {
		throw new EngineError(
			'MODEL_BROKEN',
			`The model in ${dir} is of type ${String(modelType)}; this version runs SigLIP models.`,
		);
	}
	const logitScale = optionalNumber(config['logit_scale']);
	const logitBias = optionalNumber(config['logit_bias']);
	return {
		dir,
		revision: readRevision(dir),
		visionModel: path.join(dir, TOWER_FILES[0]),
		textModel: path.join(dir, TOWER_FILES[1]),
		pixels: readPixelRules(dir),
		text: readTextRules(dir, config),
		logit:
			logitScale !== undefined && logitBias !== undefined
				? { scale: Math.exp(logitScale), bias: logitBias }
				: undefined,
	};
}

function readPixelRules(dir: string): PixelRules {
	const config = readJson(dir, 'preprocessor_config.json');
	const size = config['size'];
	const { height, width } = isObject(size) ? size : { height: size, width: size };
	const filter = RESAMPLE[Number(config['resample'] ?? 3)];
	if (
		typeof height !== 'number' ||
		height !== width ||
		!filter ||
		config['do_center_crop'] === true
	) {
		throw new EngineError(
			'MODEL_BROKEN',
			`preprocessor_config.json in ${dir} asks for an image size, filter or crop that is not supported.`,
		);
	}
	return {
		imageSize: height,
		filter,
		fit: 'squash',
		rescale: optionalNumber(config['rescale_factor']) ?? 1 / 255,
		mean: triple(config['image_mean']),
		std: triple(config['image_std']),
	};
}

function readTextRules(dir: string, config: Json): TextRules {
	const text = isObject(config['text_config']) ? config['text_config'] : {};
	const tokenizerConfig = readJson(dir, 'tokenizer_config.json');
	const length = text['max_position_embeddings'] ?? tokenizerConfig['model_max_length'] ?? 64;
	if (typeof length !== 'number' || !(length >= 1 && length <= MAX_TEXT_LENGTH)) {
		throw new EngineError(
			'MODEL_BROKEN',
			`config.json in ${dir} gives the text length as ${String(length)}; it must be from 1 to ${MAX_TEXT_LENGTH}.`,
		);
	}
	return {
		tokenizer: path.join(dir, 'tokenizer.json'),
		tokenizerConfig: path.join(dir, 'tokenizer_config.json'),
		length,
		// SigLIP 1: </s> both ends and pads (transformers' SiglipTokenizer).
		eosToken: tokenName(tokenizerConfig['eos_token']) ?? '</s>',
		padToken: tokenName(tokenizerConfig['pad_token']) ?? '</s>',
	};
}

/** A token in tokenizer_config.json is a string, or an object that holds it. */
function tokenName(token: unknown): string | undefined {
	const name = isObject(token) ? token['content'] : token;
	return typeof name === 'string' ? name : undefined;
}

/** Enough of each tower to tell two models apart without reading hundreds of megabytes at each start. */
const DIGEST_BYTES = 1 << 20;

function readRevision(dir: string): string {
	const manifest = path.join(dir, MANIFEST_FILE);
	if (existsSync(manifest)) {
		const revision = readJson(dir, MANIFEST_FILE)['revision'];
		if (typeof revision === 'string') return revision.slice(0, 12);
	}
	const digest = createHash('sha256');
	for (const file of CONFIG_FILES) digest.update(readFileSync(path.join(dir, file)));
	const head = Buffer.alloc(DIGEST_BYTES);
	for (const file of TOWER_FILES) {
		const full = path.join(dir, file);
		const handle = openSync(full, 'r');
		const read = readSync(handle, head, 0, DIGEST_BYTES, 0);
		closeSync(handle);
		digest.update(`${statSync(full).size}`).update(head.subarray(0, read));
	}
	return digest.digest('hex').slice(0, 12);
}

function readJson(dir: string, file: string): Json {
	try {
		const parsed: unknown = JSON.parse(readFileSync(path.join(dir, file), 'utf8'));
		if (isObject(parsed)) return parsed;
		throw new Error('not an object');
	} catch (error) {
		throw new EngineError(
			'MODEL_BROKEN',
			`${file} in ${dir} is not valid JSON. Download the model again.`,
			undefined,
			{
				cause: error,
			},
		);
	}
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function optionalNumber(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function triple(value: unknown): [number, number, number] {
	if (Array.isArray(value) && value.length === 3 && value.every((n) => typeof n === 'number')) {
		return value as [number, number, number];
	}
	return [0.5, 0.5, 0.5];
}
