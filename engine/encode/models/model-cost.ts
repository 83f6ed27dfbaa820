/** The numbers of a vision transformer that decide what a photo costs. */
export interface ImageTower {
	/** Hidden size: 768 in every base model. */
	width: number;
	layers: number;
	/** Hidden size of the feed-forward part; four times the width where not said. */
	feedForward?: number;
	patchSize: number;
	imageSize: number;
}

/** The largest width that a CPU embeds photos with in bearable time: that of the base models. */
export const MAX_WIDTH = 768;

/**
 * Floating-point operations per second of two cores: ViT-B/16 at 224 px, 35 GFLOPs, ran 4.8 times a
 * second in fp32 on two x86-64 cores with AVX-512 (onnxruntime 1.30). In 8 bits two to three times.
 */
const GFLOPS_OF_TWO_CORES = 168;

/**
 * Billions of operations of one photo, a multiplication and its addition counted as two:
 * projections and feed-forward of every layer, and the two products of attention, which grow with
 * the square of the number of patches.
 */
export function gflopsOfPhoto(tower: ImageTower): number {
	const { width, layers, feedForward = 4 * width, patchSize, imageSize } = tower;
	const patches = Math.floor(imageSize / patchSize) ** 2;
	const perPatch = 8 * width * width + 4 * width * feedForward;
	const attention = 4 * patches * width;
	return (layers * patches * (perPatch + attention)) / 1e9;
}

/** How a model feels: a photo in an instant, in a moment, in about a second, in longer. */
export type Speed = 'fast' | 'medium' | 'slow' | 'slowest';

/** By the operations of one photo: base models of 32-pixel patches, of 16 up to 256 px, 384 px, 512 px. */
export function speedOf(gflops: number): Speed {
	if (gflops < 20) return 'fast';
	if (gflops < 60) return 'medium';
	return gflops < 150 ? 'slow' : 'slowest';
}

/** Seconds of one photo on two cores in full precision. */
export function secondsOfPhoto(gflops: number): number {
	return gflops / GFLOPS_OF_TWO_CORES;
}
