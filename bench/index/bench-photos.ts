import type { PhotoRecord, VectorKind } from '../../engine/index/vector-index';
import { photoOf } from './photo-facts';
import { VectorFile, vectorAt } from './vector-file';
import type { Draw } from './vector-maker';

/** The models that the vectors are said to come from. */
export const MODELS: Record<VectorKind, string> = { image: 'bench-image@1', text: 'bench-text@1' };

/** Photos with their vectors, as they arrive at the index: each vector with memory of its own. */
export class BenchPhotos {
	readonly #draw: Draw;
	readonly #image: VectorFile;
	readonly #text: VectorFile;

	constructor(files: Record<VectorKind, string>, draw: Draw) {
		this.#draw = draw;
		this.#image = new VectorFile(files.image);
		this.#text = new VectorFile(files.text);
	}

	read(from: number, count: number): (PhotoRecord & { id: string })[] {
		const image = this.#image.read(from, count);
		const text = this.#text.read(from, count);
		return Array.from({ length: count }, (_, i) => ({
			...photoOf(from + i, this.#draw),
			image: { vector: vectorAt(image, i).slice(), model: MODELS.image },
			text: { vector: vectorAt(text, i).slice(), model: MODELS.text },
		}));
	}

	close(): void {
		this.#image.close();
		this.#text.close();
	}
}
