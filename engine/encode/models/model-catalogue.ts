import type { Logit } from '../encoder';
import { findLargeModel, modelTooLarge } from './large-models';
import type { PixelRules, TextRules } from './model-folder';
import type { ModelLayout } from './model-layout';

/** What is known of a file before it is downloaded; the hub's own word is checked as well. */
export interface KnownFile {
	bytes: number;
	sha256: string;
}

/** Where a model comes from and what it is. */
export interface CatalogueEntry {
	id: string;
	title: string;
	/** Side in pixels of the square the image tower sees. */
	imageSize: number;
	/** Numbers in a vector. */
	dimension: number;
	/** Billions of floating-point operations of one photo. */
	gflops?: number;
	/** SPDX name of the weights' licence. */
	licence?: string;
	/** What its text tower was trained on. */
	languages?: 'English' | 'many';
	/** The exported graphs do not hold it; absent where no source states it. */
	logit?: Logit;
	/** How its image tower wants photos fitted; a folder's own files have the last word. */
	resize?: Pick<PixelRules, 'fit' | 'filter'>;
	/** The reference its texts are split like. */
	text?: TextRules['reference'];
	/** How its files lie in the repository: which ones a download fetches. */
	layout: ModelLayout;
	/** Hub repository; absent for a model that ships with the package. */
	repository?: string;
	/**
	 * Commit, or `main` where no commit could be confirmed. The commit that was downloaded is kept in
	 * the model's manifest in either case, and later files come from that very commit.
	 */
	revision?: string;
	/** Bytes to download, both towers in full precision and the tokenizer; right to a megabyte. */
	downloadBytes?: number;
	/**
	 * Files whose content is known, by path. Only the full-precision towers are ever fetched:
	 * 8-bit ones are made of them here and compared with them, and 16-bit ones gain nothing on a CPU.
	 */
	files?: Readonly<Record<string, KnownFile>>;
}

/** The most detailed of the SigLIP base models (216 GFLOPs an image): small things in large photos. */
export const DEFAULT_MODEL = 'siglip-base-patch16-512';

/** Of ViT-B/16 by image size: one tower for SigLIP and SigLIP 2. */
const BASE_16_GFLOPS: Record<number, number> = { 224: 35, 256: 47, 384: 112, 512: 216 };

const SIGLIP_TEXT: KnownFile = {
	bytes: 441_332_132,
	sha256: '3aa7fdbd20eaa8740cce17bf82913de641fcb632a768fed59f661cdcd0c32553',
};
const SIGLIP_TOKENIZER: KnownFile = {
	bytes: 2_398_744,
	sha256: '4a17c975210be5ab4c36b47d8dae4eefb866dbfb1e676e394aad85dc30a3ae08',
};
/** One file for all of SigLIP 2. */
const SIGLIP2_TOKENIZER: KnownFile = {
	bytes: 34_363_039,
	sha256: 'cb9140fae3ac5122c972d37adf83e1248471a38147ad76f8215c8872c6fd8322',
};
/** The towers differ in their position embeddings alone: 3 kB a patch. */
const VISION_BYTES = 372_000_000;
const SIGLIP2_TEXT_BYTES = 1_129_469_657;

type Pinned = Pick<CatalogueEntry, 'revision' | 'logit' | 'files'>;

function siglip(imageSize: number, note: string, pinned: Pinned = {}): CatalogueEntry {
	const id = `siglip-base-patch16-${imageSize}`;
	return {
		id,
		title: `SigLIP base, ${imageSize} px (${note})`,
		imageSize,
		dimension: 768,
		gflops: BASE_16_GFLOPS[imageSize],
		licence: 'Apache-2.0',
		languages: 'English',
		resize: { fit: 'squash', filter: 'bicubic' },
		text: 'SiglipTokenizer',
		layout: 'transformers',
		repository: `Xenova/${id}`,
		revision: 'main',
		downloadBytes: VISION_BYTES + SIGLIP_TEXT.bytes + SIGLIP_TOKENIZER.bytes,
		...pinned,
	};
}

function siglip2(
	patchSize: 16 | 32,
	imageSize: number,
	note: string,
	pinned: Pinned = {},
): CatalogueEntry {
	const id = `siglip2-base-patch${patchSize}-${imageSize}`;
	// Patches of four times the area: projections of four times the size.
	const visionBytes = patchSize === 32 ? 378_478_689 : VISION_BYTES;
	return {
		id,
		title: `SigLIP 2 base/${patchSize}, ${imageSize} px (${note})`,
		imageSize,
		dimension: 768,
		gflops: patchSize === 16 ? BASE_16_GFLOPS[imageSize] : 11,
		licence: 'Apache-2.0',
		languages: 'many',
		resize: { fit: 'squash', filter: 'bilinear' },
		text: 'Siglip2Tokenizer',
		layout: 'transformers',
		repository: `onnx-community/${id}-ONNX`,
		revision: 'main',
		downloadBytes: visionBytes + SIGLIP2_TEXT_BYTES + SIGLIP2_TOKENIZER.bytes,
		...pinned,
	};
}

/*
 * Checksums below are the hub's own (its large-file ids) at the commit stated; entries without a
 * commit take `main`, whose files the hub declares itself.
 */
export const CATALOGUE: readonly CatalogueEntry[] = [
	siglip(512, 'default, slowest'),
	siglip(384, 'twice as fast'),
	siglip(256, 'five times as fast', { logit: { scale: Math.exp(4.7129), bias: -12.9283 } }),
	siglip(224, 'six times as fast', {
		revision: '4649052661e53c7000355844105f8a1792088239',
		logit: { scale: Math.exp(4.765), bias: -12.93244 },
		files: {
			'onnx/vision_model.onnx': {
				bytes: 371_819_850,
				sha256: 'f89d41bac7f4d4b87e010a467d93f98689d708916ed22f5a07f96fdfa26f475f',
			},
			'onnx/text_model.onnx': SIGLIP_TEXT,
			'tokenizer.json': SIGLIP_TOKENIZER,
		},
	}),
	siglip2(16, 512, 'best, many languages, slowest'),
	siglip2(16, 384, 'many languages, twice as fast', { logit: { scale: 112.846, bias: -16.772 } }),
	siglip2(16, 256, 'many languages, five times as fast', {
		revision: 'd1114256522a37ffa257a0a58017348ab0058db2',
		logit: { scale: 112.901, bias: -16.7718 },
		files: {
			'onnx/vision_model.onnx': {
				bytes: 371_992_072,
				sha256: 'f5cb16728a704703f05516ded628397e11dbca4de2eb5db04b0c0bcee988aa7a',
			},
			'onnx/text_model.onnx': {
				bytes: SIGLIP2_TEXT_BYTES,
				sha256: 'd3de4a6bbbfcb429b6615ac496790353cf4a4fc0f19fbbe7179e523ae60daaef',
			},
			'tokenizer.json': SIGLIP2_TOKENIZER,
		},
	}),
	siglip2(16, 224, 'many languages, six times as fast', {
		revision: 'ba1f3b0843f24bc5417d38e19c37b287d719b2f4',
		logit: { scale: Math.exp(4.72445), bias: -16.7718 },
		files: { 'tokenizer.json': SIGLIP2_TOKENIZER },
	}),
	siglip2(32, 256, 'many languages, twenty times as fast', {
		revision: '7efccb86b5b6601bfe9e14326e1c11b40b68d44c',
	}),
	{
		id: 'ViT-B-32__laion2b-s34b-b79k',
		title: 'OpenCLIP ViT-B/32, LAION-2B (fastest, half the download)',
		imageSize: 224,
		dimension: 512,
		gflops: 8.8,
		licence: 'MIT',
		languages: 'English',
		resize: { fit: 'crop', filter: 'bicubic' },
		text: 'SimpleTokenizer',
		layout: 'open_clip',
		repository: 'immich-app/ViT-B-32__laion2b-s34b-b79k',
		revision: '19a057a0fb927cf239541300e74237cd56c7ffe2',
		downloadBytes: 608_000_000,
		files: {
			'visual/model.onnx': {
				bytes: 351_613_724,
				sha256: 'b9ce24b91a8c62ef8d40ea786051709c93140104cbf2b6b4a2cc270df3838f9c',
			},
			'textual/model.onnx': {
				bytes: 254_193_396,
				sha256: '48c25be37b352398f2533c9426dab6f9340535e14e46f884cc894236a5060722',
			},
		},
	},
	{
		id: 'clip-vit-base-patch32',
		title: 'OpenAI CLIP ViT-B/32 (fastest)',
		imageSize: 224,
		dimension: 512,
		gflops: 8.8,
		// OpenAI's repository is MIT; the model card names no licence of the weights.
		licence: 'MIT',
		languages: 'English',
		resize: { fit: 'crop', filter: 'bicubic' },
		text: 'CLIPTokenizer',
		layout: 'transformers',
		repository: 'Xenova/clip-vit-base-patch32',
		revision: 'd15189d7028b43f1d3e65039190477f6af591c2a',
		downloadBytes: 608_000_000,
		files: {
			'onnx/vision_model.onnx': {
				bytes: 351_685_709,
				sha256: 'fd6e1402a588279d1723c7534d4bcba5bc0b14b47dfab0e46f8c47b8270d7d40',
			},
			'onnx/text_model.onnx': {
				bytes: 254_058_553,
				sha256: '3f6571f5bad13a97c469c1622e1cfc4d9aef78b79fdbfcff804ca357bfada8cc',
			},
			'tokenizer.json': {
				bytes: 2_224_119,
				sha256: 'f7f3b7af117d467b58374797691a6438d3e6b9e9cef800dfd5dced7f697a90cd',
			},
		},
	},
	{
		id: 'demo',
		title: 'Demo (drawings only, ships with the package)',
		imageSize: 96,
		dimension: 192,
		layout: 'transformers',
	},
];

/**
 * What the catalogue knows of a name; undefined if nothing.
 *
 * @throws EngineError `MODEL_TOO_LARGE` for the large variants, which are known in order to say no
 */
export function findModel(
	id: string,
	{ allowLarge = false }: { allowLarge?: boolean } = {},
): CatalogueEntry | undefined {
	const listed = CATALOGUE.find((entry) => entry.id === id);
	if (listed) return listed;
	const large = findLargeModel(id);
	if (large?.gflops && !allowLarge) throw modelTooLarge(id, large.gflops);
	return large;
}
