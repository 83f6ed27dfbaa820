/** A unit-length embedding; its dimension is the model's. */
export type Embedding = Float32Array;

/**
 * exp(logit_scale) and logit_bias of the sigmoid loss a model was trained with. The probability of a
 * match is sigmoid(scale · cosine + bias).
 */
export interface Logit {
	scale: number;
	bias: number;
}

/** The model behind a vector. */
export interface ModelInfo {
	/** Name and revision in one string, `siglip-base-patch16-512@753a949`: equal means comparable. */
	readonly model: string;
	/** Side length in pixels of the square the image tower sees. */
	readonly imageSize: number;
	/** Where the model states it. */
	readonly logit?: Logit;
	/** What whoever embeds with it here should know: that it runs slower than it could, and the cure. */
	readonly hints?: string[];
}

/** What the decoder learnt about an image. Pixels, after EXIF orientation. */
export interface ImageSize {
	width: number;
	height: number;
}

export interface ImageEmbedding extends ImageSize {
	embedding: Embedding;
}

export interface EmbedOptions {
	/** Catalogue id; absent for the default. */
	model?: string;
	signal?: AbortSignal;
}

export interface EmbedImageOptions extends EmbedOptions {
	/** Somebody waits for this very image: it overtakes the photos that are being indexed. */
	interactive?: boolean;
}

/**
 * Photo and text to vectors of one common space. Every method may throw `MODEL_UNKNOWN`,
 * `MODEL_TOO_LARGE`, `MODEL_NOT_READY`, `MODEL_OFFLINE`, `MODEL_DOWNLOAD_FAILED`, `MODEL_BROKEN` and
 * `RUNTIME_UNAVAILABLE`; image methods throw the image errors (`NOT_AN_IMAGE`, `IMAGE_EMPTY`,
 * `IMAGE_TRUNCATED`, `IMAGE_TOO_LARGE`).
 */
export interface Encoder {
	/** Loads no tower. @param model catalogue id, or absent for the default */
	info(model?: string): Promise<ModelInfo>;
	embedImage(bytes: Uint8Array, options?: EmbedImageOptions): Promise<ImageEmbedding>;
	/** Never waits behind images. */
	embedText(text: string, options?: EmbedOptions): Promise<Embedding>;
}
