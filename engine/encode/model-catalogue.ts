import type { ModelLayout } from './model-layout';

/** Where a model comes from and what it is. Sizes are of the fp32 files, both towers. */
export interface CatalogueEntry {
	id: string;
	title: string;
	imageSize: number;
	dimension: number;
	/** How its files lie in the repository: which ones a download fetches. */
	layout: ModelLayout;
	/** Hub repository; absent for a model that ships with the package. */
	repository?: string;
	/** Branch or commit. The commit that was downloaded is kept in the model's manifest. */
	revision?: string;
	/** Bytes to download, for the first progress line. */
	downloadBytes?: number;
}

/** The asker's choice: the most detailed of the SigLIP base models (216 GFLOPs an image). */
export const DEFAULT_MODEL = 'siglip-base-patch16-512';

/** File sizes: vision 372 MB, text 441 MB (hub listing of Xenova/siglip-base-patch16-*). */
const SIGLIP_BASE_BYTES = 813_000_000;

function siglipBase(imageSize: number, note: string): CatalogueEntry {
	return {
		id: `siglip-base-patch16-${imageSize}`,
		title: `SigLIP base, ${imageSize} px (${note})`,
		imageSize,
		dimension: 768,
		layout: 'transformers',
		repository: `Xenova/siglip-base-patch16-${imageSize}`,
		revision: 'main',
		downloadBytes: SIGLIP_BASE_BYTES,
	};
}

export const CATALOGUE: readonly CatalogueEntry[] = [
	siglipBase(512, 'default, slowest'),
	siglipBase(384, 'twice as fast'),
	siglipBase(256, 'five times as fast'),
	siglipBase(224, 'six times as fast'),
	{
		id: 'demo',
		title: 'Demo (drawings only, ships with the package)',
		imageSize: 96,
		dimension: 192,
		layout: 'transformers',
	},
];
