import { EngineError, fromErrorBody } from '../../errors';
import { inSlices } from '../in-slices';
import type { PhotoRecord, VectorKind } from '../vector-index';
import { VECTOR_KINDS } from './generations';
import { PhotoPacker, type PackedPhotos } from './packed-photos';
import { checkPhoto } from './photo-input';
import type { Outcome } from './photo-writer';

/** A batch of photos, of which those that cannot be stored are answered without asking the writer. */
export class CheckedBatch {
	readonly #packer = new PhotoPacker();
	readonly #positions: number[] = [];
	readonly #answers: ('created' | 'updated' | Error)[] = [];
	readonly #vectors: Record<VectorKind, Map<string, number>> = {
		image: new Map(),
		text: new Map(),
	};

	/** Searches are answered meanwhile. */
	async check(photos: PhotoRecord[]): Promise<void> {
		await inSlices(photos.entries(), ([position, photo]) => this.#add(position, photo));
	}

	/** What is left to be stored. */
	packed(): PackedPhotos {
		return this.#packer.packed();
	}

	/** Vectors of a model among what is left. */
	vectors(kind: VectorKind, model: string | null): number {
		return (model !== null && this.#vectors[kind].get(model)) || 0;
	}

	/** The answers for the whole batch. @param stored what the writer said to {@link packed} */
	answers(stored: Outcome[]): ('created' | 'updated' | Error)[] {
		for (const [i, outcome] of stored.entries()) {
			const answer = typeof outcome === 'string' ? outcome : fromErrorBody(outcome);
			this.#answers[this.#positions[i]!] = answer;
		}
		return this.#answers;
	}

	#add(position: number, photo: PhotoRecord): void {
		try {
			const input = checkPhoto(photo);
			this.#packer.add(input);
			this.#positions.push(position);
			for (const kind of VECTOR_KINDS) {
				const model = input[kind]?.model;
				const counts = this.#vectors[kind];
				if (model !== undefined) counts.set(model, (counts.get(model) ?? 0) + 1);
			}
		} catch (error) {
			if (!(error instanceof EngineError)) throw error;
			this.#answers[position] = error;
		}
	}
}
