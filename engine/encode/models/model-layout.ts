/**
 * How the files of a model lie in its folder or repository: as transformers.js exports them
 * (Xenova, onnx-community), or as Immich exports open_clip models (immich-app).
 */
export type ModelLayout = 'transformers' | 'open_clip';

/** Paths relative to the model's folder, the same on the hub; `/` between the parts. */
export interface ModelFiles {
	/** Small JSON files; all of them are required. */
	config: readonly string[];
	/** The ONNX graph of the image tower, then that of the text tower. */
	towers: readonly [vision: string, text: string];
}

const FILES: Record<ModelLayout, ModelFiles> = {
	transformers: {
		config: ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json'],
		towers: ['onnx/vision_model.onnx', 'onnx/text_model.onnx'],
	},
	open_clip: {
		config: [
			'config.json',
			'visual/preprocess_cfg.json',
			'textual/tokenizer.json',
			'textual/tokenizer_config.json',
		],
		towers: ['visual/model.onnx', 'textual/model.onnx'],
	},
};

/** The files a model of this layout cannot do without: what a download fetches and a folder must hold. */
export function filesOf(layout: ModelLayout): ModelFiles {
	return FILES[layout];
}
