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
 * copied once more.
 */
export interface PackedPhotos {
	photos: PackedPhoto[];
	numbers: Float32Array<ArrayBuffer>;
}

const KINDS = ['image', 'text'] as const;

export function pack(inputs: PhotoInput[]): PackedPhotos {
	let total = 0;
	for (const input of inputs) {
		for (const kind of KINDS) total += input[kind]?.vector.length ?? 0;
	}
	const numbers = new Float32Array(total);
	let at = 0;
	const place = (input: PhotoInput, kind: VectorKind): Place | null | undefined => {
		const stored = input[kind];
		if (!stored) return stored;
		const { vector, model } = stored;
		numbers.set(vector, at);
		at += vector.length;
		return { model, at: at - vector.length, length: vector.length };
	};
	const photos = inputs.map((input) => ({
		...input,
		image: place(input, 'image'),
		text: place(input, 'text'),
	}));
	return { photos, numbers };
}

export function unpack({ photos, numbers }: PackedPhotos): PhotoInput[] {
	const stored = (place: Place | null | undefined) =>
		place && { vector: vectorAt(numbers, place), model: place.model };
	return photos.map(({ image, text, ...photo }) => ({
		...photo,
		image: stored(image),
		text: stored(text),
	}));
}

/** A vector in place. */
function vectorAt(numbers: Float32Array, { at, length }: Place): Float32Array {
	return numbers.subarray(at, at + length);
}
