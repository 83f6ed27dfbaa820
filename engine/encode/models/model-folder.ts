import { createHash } from 'node:crypto';
import {
	closeSync,
	existsSync,
	openSync,
	readFileSync,
	readSync,
	statSync,
} from 'node:fs';
import path from 'node:path';
import { EngineError } from '../../errors';
import type { Logit } from '../encoder';
import { mendHint } from './mend';
import { modelTooLarge } from './large-models';
import { gflopsOfPhoto, MAX_WIDTH, type ImageTower } from './model-cost';
import { filesOf, type ModelLayout } from './model-layout';
import { ModelSettings } from './model-settings';
import { readOpenClip } from './open-clip-folder';
import { towerFiles } from './tower-files';
import type { ResizeFilter } from '../pixels/resample-taps';
import { readTransformers } from './transformers-folder';

/** Everything the towers need to know, read from a model's own files. */
export interface ModelFolder {
	dir: string;
	/** What a vector remembers beside the model's name: commit of the hub, or a digest of the files. */
	revision: string;
	visionModel: string;
	textModel: string;
	/** Numbers in a vector, as the configuration says; the graphs have the last word. */
	dimension?: number;
	pixels: PixelRules;
	text: TextRules;
	/** Where it is known. */
	logit?: Logit;
}

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
	/** Factor of the 8-bit levels, before the mean is taken away. */
	rescale: number;
	mean: [number, number, number];
	std: [number, number, number];
}

export interface TextRules {
	tokenizer: string;
	tokenizerConfig: string;
	/** Every input is padded or cut to exactly this many tokens: pooling reads the last position. */
	length: number;
	/**
	 * The class of the reference whose ids are to be met: `SiglipTokenizer`, `Siglip2Tokenizer` and
	 * `CLIPTokenizer` of transformers; `SimpleTokenizer` (CLIP's own) and `HFTokenizer` of open_clip.
	 */
	reference:
		| 'SiglipTokenizer'
		| 'Siglip2Tokenizer'
		| 'CLIPTokenizer'
		| 'SimpleTokenizer'
		| 'HFTokenizer';
	/** What open_clip does to a text first. */
	clean?: 'whitespace' | 'lower' | 'canonicalize';
	bosToken?: string;
	eosToken: string;
	/** Name, or number where the reference pads with one whatever it stands for. */
	padToken: string | number;
}

/** What a reader of one layout finds in the configuration files. */
export interface FolderRules {
	pixels: PixelRules;
	text: TextRules;
	logit?: Logit;
	dimension?: number;
	/** Undefined where the configuration does not describe a transformer. */
	imageTower?: ImageTower;
}

export interface FolderOptions {
	/** Runs image towers wider than the base models' too. */
	allowLarge?: boolean;
	/** What the catalogue knows; what the folder states itself goes before. */
	logit?: Logit;
}

/** What a vector remembers of its model: `siglip-base-patch16-512@753a949`. */
export function modelName(id: string, { revision }: ModelFolder): string {
	return `${id}@${revision}`;
}

/** Written by the download: which commit of the hub a folder holds. */
export const MANIFEST_FILE = 'manifest.json';

const READERS: Record<ModelLayout, (dir: string) => FolderRules> = {
	transformers: readTransformers,
	open_clip: readOpenClip,
};

/**
 * @throws EngineError `MODEL_BROKEN` naming the missing file or the setting that is not understood,
 * `MODEL_TOO_LARGE`
 */
export function readModelFolder(dir: string, options: FolderOptions = {}): ModelFolder {
	const layout = layoutOf(dir);
	const files = filesOf(layout);
	for (const file of [...files.config, ...files.towers]) {
		if (!existsSync(path.join(dir, file))) {
			throw new EngineError(
				'MODEL_BROKEN',
				`The model in ${dir} has no ${file}. ${mendHint(path.basename(dir, '.partial'))}`,
			);
		}
	}
	const { pixels, text, logit, dimension, imageTower } = READERS[layout](dir);
	if (imageTower && imageTower.width > MAX_WIDTH && !options.allowLarge) {
		throw modelTooLarge(path.basename(dir), gflopsOfPhoto(imageTower));
	}
	return {
		dir,
		revision: readRevision(dir, layout),
		visionModel: path.join(dir, files.towers[0]),
		textModel: path.join(dir, files.towers[1]),
		dimension,
		pixels,
		text,
		logit: logit ?? options.logit,
	};
}

/** Told by the folders of the towers, which are there in one layout only. */
function layoutOf(dir: string): ModelLayout {
	return existsSync(path.join(dir, 'visual')) || existsSync(path.join(dir, 'textual'))
		? 'open_clip'
		: 'transformers';
}

/** Enough of each tower to tell two models apart without reading hundreds of megabytes at each start. */
const DIGEST_BYTES = 1 << 20;

function readRevision(dir: string, layout: ModelLayout): string {
	if (existsSync(path.join(dir, MANIFEST_FILE))) {
		const revision = ModelSettings.read(dir, MANIFEST_FILE).string('revision');
		if (revision !== undefined) return revision.slice(0, 12);
	}
	const { config, towers } = filesOf(layout);
	const digest = createHash('sha256');
	for (const file of config) digest.update(readFileSync(path.join(dir, file)));
	const head = Buffer.alloc(DIGEST_BYTES);
	// Without the weights beside a graph two models look alike.
	for (const full of towers.flatMap((tower) => towerFiles(path.join(dir, tower)))) {
		const handle = openSync(full, 'r');
		const read = readSync(handle, head, 0, DIGEST_BYTES, 0);
		closeSync(handle);
		digest.update(`${statSync(full).size}`).update(head.subarray(0, read));
	}
	return digest.digest('hex').slice(0, 12);
}
