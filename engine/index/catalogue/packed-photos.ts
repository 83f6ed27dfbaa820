import type { VectorKind } from '../vector-index';
import type { PhotoInput } from './photo-input';

/** Where in the packed numbers a vector stands. */
interface Place {
	model: string;
	at: number;
	length: number;
}

type PackedPhoto = Omit<PhotoInput, VectorKind> & { [K in VectorKind]?: Place | null };

/**
 * Photos on their way to the writer. All vectors stand in one buffer, which moves instead of being
 * copied once more; all else is text, which costs the sender next to nothing.
 */
export interface PackedPhotos {
	/** JSON of each. */
	photos: string[];
	numbers: Float32Array<ArrayBuffer>;
}

/** Numbers there is room for at first: those of one photo with two vectors. */
const FIRST_ROOM = 2 * 768;

/** Packs photos one by one. */
export class PhotoPacker {
	readonly #photos: string[] = [];
	#numbers = new Float32Array(FIRST_ROOM);
	#used = 0;

	add(input: PhotoInput): void {
		const { image, text, ...facts } = input;
		const photo: PackedPhoto = {
			...facts,
			image: image && this.#place(image.model, image.vector),
			text: text && this.#place(text.model, text.vector),
		};
		this.#photos.push(JSON.stringify(photo));
	}

	/** All that were added; the packer is not used any more. */
	packed(): PackedPhotos {
		return { photos: this.#photos, numbers: this.#numbers };
	}

	#place(model: string, vector: Float32Array): Place {
		const at = this.#used;
		this.#used += vector.length;
		if (this.#used > this.#numbers.length) {
			const larger = new Float32Array(2 * this.#used);
			larger.set(this.#numbers);
			this.#numbers = larger;
		}
		this.#numbers.set(vector, at);
		return { model, at, length: vector.length };
	}
}

export function unpack({ photos, numbers }: PackedPhotos): PhotoInput[] {
	const stored = (place: Place | null | undefined) =>
		place && { vector: vectorAt(numbers, place), model: place.model };
	return photos.map((json) => {
		const { image, text, ...photo } = JSON.parse(json) as PackedPhoto;
		return { ...photo, image: stored(image), text: stored(text) };
	});
}

/** A vector in place. */
function vectorAt(numbers: Float32Array, { at, length }: Place): Float32Array {
	return numbers.subarray(at, at + length);
}
