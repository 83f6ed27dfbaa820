import { EngineError } from '../../errors';
import { gflopsOfPhoto, secondsOfPhoto, type ImageTower } from './model-cost';
import type { CatalogueEntry } from './model-catalogue';

/** Setting that lets large models run after all. */
export const ALLOW_LARGE_SETTING = 'SEMANTIC_IMAGE_SEARCH_ALLOW_LARGE';

type Shape = Omit<ImageTower, 'patchSize' | 'imageSize'> & { dimension: number };

/** Model cards and open_clip's model_configs. */
const LARGE: Shape = { width: 1024, layers: 24, dimension: 1024 };
const SO400M: Shape = { width: 1152, layers: 27, feedForward: 4304, dimension: 1152 };
const GIANT: Shape = { width: 1536, layers: 40, dimension: 1536 };
const SHAPES: Record<string, Shape> = {
	large: LARGE,
	so400m: SO400M,
	'giant-opt': GIANT,
	l: { ...LARGE, dimension: 768 },
	h: { width: 1280, layers: 32, dimension: 1024 },
	g: { width: 1408, layers: 40, feedForward: 6144, dimension: 1024 },
	bigg: { width: 1664, layers: 48, feedForward: 8192, dimension: 1280 },
	gopt: GIANT,
};

/** `siglip2-so400m-patch14-384`, `clip-vit-large-patch14-336`: names as on the hub. */
const HUB_NAME =
	/^(siglip2?|clip-vit)-(large|so400m|giant-opt)-patch(\d+)(?:-(\d+))?(?:-multilingual|-i18n)?$/;
/** `ViT-L-16-SigLIP2-384__webli`, `ViT-H-14__laion2b-s32b-b79k`: names of open_clip and Immich. */
const OPEN_CLIP_NAME =
	/^ViT-(L|H|g|bigG|SO400M|gopt)-(\d+)(?:-(SigLIP2?))?(?:-(\d+))?(?:-[a-z][^_]*)?__.+$/;
/** The resolution of a name that states none. */
const PLAIN_IMAGE_SIZE = 224;

/**
 * A model that is known by name to be too large for a CPU; undefined for every other name.
 * Its entry carries what the refusal says, and where it comes from if it is forced.
 */
export function findLargeModel(id: string): CatalogueEntry | undefined {
	const hub = HUB_NAME.exec(id);
	if (hub) {
		const [, family, size, patch, pixels] = hub as unknown as [
			string,
			string,
			string,
			string,
			string?,
		];
		const repository =
			size === 'giant-opt'
				? // Its weights lie in further files beside the graphs, whose names are not known here.
					undefined
				: family === 'siglip2'
					? `onnx-community/${id}-ONNX`
					: `Xenova/${id}`;
		const shape = { ...SHAPES[size]!, ...(family === 'clip-vit' ? { dimension: 768 } : {}) };
		return entry(
			id,
			shape,
			Number(patch),
			Number(pixels ?? PLAIN_IMAGE_SIZE),
			'transformers',
			repository,
		);
	}
	const openClip = OPEN_CLIP_NAME.exec(id);
	if (openClip) {
		const [, size, patch, siglip, pixels] = openClip as unknown as [
			string,
			string,
			string,
			string?,
			string?,
		];
		const shape = siglip && size === 'L' ? LARGE : SHAPES[size.toLowerCase()]!;
		return entry(
			id,
			shape,
			Number(patch),
			Number(pixels ?? PLAIN_IMAGE_SIZE),
			'open_clip',
			`immich-app/${id}`,
		);
	}
	return undefined;
}

function entry(
	id: string,
	{ dimension, ...shape }: Shape,
	patchSize: number,
	imageSize: number,
	layout: CatalogueEntry['layout'],
	repository: string | undefined,
): CatalogueEntry {
	return {
		id,
		title: `${id} (too slow on a CPU)`,
		imageSize,
		dimension,
		gflops: gflopsOfPhoto({ ...shape, patchSize, imageSize }),
		layout,
		repository,
		revision: repository && 'main',
	};
}

/** Why a model is not run, what it would cost, and what to use instead. */
export function modelTooLarge(id: string, gflops: number): EngineError {
	const seconds = secondsOfPhoto(gflops);
	return new EngineError(
		'MODEL_TOO_LARGE',
		`The model ${id} needs ${Math.round(gflops)} GFLOPs a photo, about ${seconds.toFixed(seconds < 10 ? 1 : 0)} s on two cores: too slow for a CPU. ` +
			'Take siglip2-base-patch16-512 for the best results, siglip-base-patch16-224 for speed, or ' +
			`ViT-B-32__laion2b-s34b-b79k for the most speed; or set ${ALLOW_LARGE_SETTING}=1 where the engine runs to have it anyway.`,
		{ gflops: Math.round(gflops), seconds_per_photo: Number(seconds.toFixed(1)) },
	);
}
