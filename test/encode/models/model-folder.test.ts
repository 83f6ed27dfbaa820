import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { readModelFolder } from '../../../engine/encode/models/model-folder';
import { EngineError, type ErrorCode } from '../../../engine/errors';

const HALF = [0.5, 0.5, 0.5];

/** The configuration files as the hub has them, without what is not read. */
const SIGLIP = {
	'config.json': {
		model_type: 'siglip',
		text_config: { hidden_size: 768, model_type: 'siglip_text_model' },
		vision_config: { hidden_size: 768, image_size: 512, patch_size: 16 },
	},
	'preprocessor_config.json': {
		image_processor_type: 'SiglipImageProcessor',
		do_resize: true,
		do_rescale: true,
		do_normalize: true,
		resample: 3,
		size: { height: 512, width: 512 },
		image_mean: HALF,
		image_std: HALF,
		rescale_factor: 1 / 255,
	},
	'tokenizer.json': {},
	'tokenizer_config.json': {
		tokenizer_class: 'SiglipTokenizer',
		eos_token: { content: '</s>', special: true },
		pad_token: '</s>',
		model_max_length: 64,
	},
};

const CLIP = {
	'config.json': {
		model_type: 'clip',
		text_config: { model_type: 'clip_text_model' },
		vision_config: { patch_size: 32 },
	},
	'preprocessor_config.json': {
		crop_size: { height: 224, width: 224 },
		do_center_crop: true,
		do_normalize: true,
		do_resize: true,
		image_mean: [0.48145466, 0.4578275, 0.40821073],
		image_std: [0.26862954, 0.26130258, 0.27577711],
		resample: 3,
		size: { shortest_edge: 224 },
	},
	'tokenizer.json': {},
	'tokenizer_config.json': { tokenizer_class: 'CLIPTokenizer', pad_token: '<|endoftext|>' },
};

const IMMICH_CLIP = {
	'config.json': {
		embed_dim: 512,
		vision_cfg: { image_size: 224, layers: 12, width: 768, patch_size: 32 },
		text_cfg: { context_length: 77, vocab_size: 49408, width: 512, heads: 8, layers: 12 },
	},
	'visual/preprocess_cfg.json': {
		size: [224, 224],
		mode: 'RGB',
		mean: [0.48145466, 0.4578275, 0.40821073],
		std: [0.26862954, 0.26130258, 0.27577711],
		interpolation: 'bicubic',
		resize_mode: 'shortest',
		fill_color: 0,
	},
	'textual/tokenizer.json': {},
	'textual/tokenizer_config.json': { pad_token: '<|endoftext|>' },
};

const IMMICH_SIGLIP = {
	'config.json': {
		embed_dim: 768,
		init_logit_bias: -10,
		custom_text: true,
		vision_cfg: { image_size: 224, timm_model_name: 'vit_base_patch16_siglip_224' },
		text_cfg: {
			context_length: 64,
			vocab_size: 32000,
			hf_tokenizer_name: 'timm/ViT-B-16-SigLIP',
			tokenizer_kwargs: { clean: 'canonicalize' },
		},
	},
	'visual/preprocess_cfg.json': {
		size: 224,
		mean: HALF,
		std: HALF,
		interpolation: 'bicubic',
		resize_mode: 'squash',
	},
	'textual/tokenizer.json': {},
	'textual/tokenizer_config.json': { eos_token: '</s>', pad_token: '</s>' },
};

type Files = Record<string, Record<string, unknown>>;

describe('a model folder', () => {
	let dir: string;
	beforeEach(() => {
		dir = mkdtempSync(path.join(tmpdir(), 'sis-folder-'));
	});
	afterEach(() => rmSync(dir, { recursive: true, force: true }));

	function write(files: Files): void {
		const towers =
			'visual/preprocess_cfg.json' in files
				? ['visual/model.onnx', 'textual/model.onnx']
				: ['onnx/vision_model.onnx', 'onnx/text_model.onnx'];
		for (const file of [...Object.keys(files), ...towers]) {
			const target = path.join(dir, file);
			mkdirSync(path.dirname(target), { recursive: true });
			writeFileSync(target, file in files ? JSON.stringify(files[file]) : file);
		}
	}

	/** `files` with settings of one file replaced; undefined takes a setting away. */
	function changed(files: Files, file: string, settings: Record<string, unknown>): Files {
		return { ...files, [file]: { ...files[file], ...settings } };
	}

	function refused(files: Files, code: ErrorCode, message: RegExp): void {
		write(files);
		assert.throws(
			() => readModelFolder(dir),
			(error) => error instanceof EngineError && error.code === code && message.test(error.message),
			String(message),
		);
	}

	it('of SigLIP is squashed to a square and padded with </s>', () => {
		write(SIGLIP);
		const { pixels, text } = readModelFolder(dir);
		assert.deepEqual(pixels, {
			imageSize: 512,
			filter: 'bicubic',
			fit: 'squash',
			rescale: 1 / 255,
			mean: HALF,
			std: HALF,
		});
		assert.equal(text.reference, 'SiglipTokenizer');
		assert.deepEqual([text.length, text.eosToken, text.padToken], [64, '</s>', '</s>']);
	});

	it('of SigLIP 2 is told by its tokenizer, or its texts are padded with the wrong token', () => {
		write({
			...changed(SIGLIP, 'preprocessor_config.json', { resample: 2 }),
			'tokenizer_config.json': {
				tokenizer_class: 'GemmaTokenizer',
				eos_token: '<eos>',
				pad_token: '<pad>',
			},
		});
		const { pixels, text } = readModelFolder(dir);
		assert.equal(pixels.filter, 'bilinear');
		assert.equal(text.reference, 'Siglip2Tokenizer');
		assert.deepEqual([text.length, text.eosToken, text.padToken], [64, '<eos>', '<pad>']);
	});

	it('of SigLIP 2 is told by its end token too, where a copy names a general class', () => {
		write({
			...SIGLIP,
			'tokenizer_config.json': {
				tokenizer_class: 'PreTrainedTokenizerFast',
				eos_token: { content: '<eos>' },
			},
		});
		const { text } = readModelFolder(dir);
		assert.deepEqual([text.reference, text.padToken], ['Siglip2Tokenizer', '<pad>']);
	});

	it('of CLIP keeps the aspect ratio and has CLIP’s own colours', () => {
		write(CLIP);
		const { pixels, text } = readModelFolder(dir);
		assert.equal(pixels.fit, 'crop');
		assert.equal(pixels.imageSize, 224);
		assert.equal(pixels.mean[0], 0.48145466);
		assert.equal(text.reference, 'CLIPTokenizer');
		assert.deepEqual([text.length, text.padToken], [77, '<|endoftext|>']);
	});

	it('of CLIP without numbers has the defaults of its reference, not those of SigLIP', () => {
		write(
			changed(CLIP, 'preprocessor_config.json', {
				image_mean: undefined,
				image_std: undefined,
				do_center_crop: undefined,
				crop_size: 224,
				size: 224,
			}),
		);
		const { pixels } = readModelFolder(dir);
		assert.deepEqual([pixels.fit, pixels.mean[0], pixels.std[0]], ['crop', 0.48145466, 0.26862954]);
	});

	it('of Immich’s CLIP is cleaned as open_clip does and padded with zeros', () => {
		write(IMMICH_CLIP);
		const { pixels, text, visionModel, textModel } = readModelFolder(dir);
		assert.deepEqual([pixels.fit, pixels.filter, pixels.imageSize], ['crop', 'bicubic', 224]);
		assert.deepEqual(
			[text.reference, text.clean, text.length, text.padToken],
			['SimpleTokenizer', 'lower', 77, 0],
		);
		assert.equal(visionModel, path.join(dir, 'visual/model.onnx'));
		assert.equal(textModel, path.join(dir, 'textual/model.onnx'));
	});

	it('of Immich’s SigLIP is squashed and canonicalised', () => {
		write(IMMICH_SIGLIP);
		const { pixels, text } = readModelFolder(dir);
		assert.deepEqual([pixels.fit, pixels.imageSize], ['squash', 224]);
		assert.deepEqual(
			[text.reference, text.clean, text.length, text.padToken],
			['HFTokenizer', 'canonicalize', 64, '</s>'],
		);
	});

	it('says how long its vectors are, or the list of models cannot', () => {
		const lengths = [SIGLIP, CLIP, IMMICH_CLIP, IMMICH_SIGLIP].map((files) => {
			write(files);
			const { dimension } = readModelFolder(dir);
			rmSync(dir, { recursive: true });
			return dimension;
		});
		assert.deepEqual(lengths, [768, 512, 512, 768]);
	});

	it('that asks for what is not understood is refused by file and setting', () => {
		const preprocessor = 'preprocessor_config.json';
		const broken: [Files, RegExp][] = [
			[
				changed(SIGLIP, 'config.json', { model_type: 'blip' }),
				/model_type in config\.json.*"blip"/,
			],
			[changed(SIGLIP, preprocessor, { resample: 1 }), /resample in preprocessor_config\.json/],
			[changed(SIGLIP, preprocessor, { size: { height: 512, width: 256 } }), /size/],
			[changed(SIGLIP, preprocessor, { image_mean: [0.5, 'x', 0.5] }), /image_mean/],
			[changed(SIGLIP, preprocessor, { do_resize: false }), /do_resize/],
			[changed(CLIP, preprocessor, { size: { shortest_edge: 256 } }), /size.*crop_size/],
			[
				changed(CLIP, 'config.json', { text_config: { max_position_embeddings: 1e6 } }),
				/text_config\.max_position_embeddings|max_position_embeddings/,
			],
			[
				changed(IMMICH_CLIP, 'visual/preprocess_cfg.json', { resize_mode: 'longest' }),
				/resize_mode in visual\/preprocess_cfg\.json/,
			],
			[changed(IMMICH_CLIP, 'visual/preprocess_cfg.json', { interpolation: 'nearest' }), /nearest/],
			[
				changed(IMMICH_SIGLIP, 'config.json', {
					text_cfg: { hf_tokenizer_name: 'bert', tokenizer_kwargs: { strip_sep_token: true } },
				}),
				/text_cfg\.tokenizer_kwargs\.strip_sep_token/,
			],
		];
		for (const [files, message] of broken) {
			refused(files, 'MODEL_BROKEN', message);
			rmSync(dir, { recursive: true });
		}
	});

	it('that misses a file names it, or the user looks for it in vain', () => {
		write(IMMICH_CLIP);
		rmSync(path.join(dir, 'textual/tokenizer.json'));
		assert.throws(() => readModelFolder(dir), /no textual\/tokenizer\.json/);
	});

	it('with a broken file names it', () => {
		write(SIGLIP);
		writeFileSync(path.join(dir, 'tokenizer_config.json'), '{"eos');
		assert.throws(() => readModelFolder(dir), /tokenizer_config\.json in .* is not a JSON object/);
	});

	it('with a large tower is refused with its price, and taken if forced', () => {
		const so400m = changed(SIGLIP, 'config.json', {
			vision_config: {
				hidden_size: 1152,
				intermediate_size: 4304,
				num_hidden_layers: 27,
				patch_size: 14,
				image_size: 384,
			},
		});
		refused(so400m, 'MODEL_TOO_LARGE', /66\d GFLOPs.*4\.0 s.*ALLOW_LARGE=1/);
		assert.equal(readModelFolder(dir, { allowLarge: true }).pixels.imageSize, 512);
		rmSync(dir, { recursive: true });
		const timm = changed(IMMICH_SIGLIP, 'config.json', {
			vision_cfg: { image_size: 384, timm_model_name: 'vit_large_patch16_siglip_384' },
		});
		refused(timm, 'MODEL_TOO_LARGE', /38\d GFLOPs/);
	});

	it('with other weights beside the graph is another model, or its vectors are mixed', () => {
		write(SIGLIP);
		const weights = path.join(dir, 'onnx/vision_model.onnx_data');
		writeFileSync(weights, 'weights');
		const before = readModelFolder(dir).revision;
		writeFileSync(weights, 'WEIGHTS');
		assert.notEqual(readModelFolder(dir).revision, before);
	});

	it('takes the logit of the catalogue where it states none itself', () => {
		write(SIGLIP);
		const known = { scale: 117, bias: -13 };
		assert.deepEqual(readModelFolder(dir, { logit: known }).logit, known);
		write(changed(SIGLIP, 'config.json', { logit_scale: 0, logit_bias: -1 }));
		assert.deepEqual(readModelFolder(dir, { logit: known }).logit, { scale: 1, bias: -1 });
	});
});
