import { EngineError, fromErrorBody } from '../../errors';
import type { PhotoRecord } from '../vector-index';
import { checkPhoto, type PhotoInput } from './photo-input';
import type { Outcome } from './photo-writer';

/** A batch of photos, of which those that cannot be stored are answered without asking the writer. */
export class CheckedBatch {
	/** What is left to be stored. */
	readonly inputs: PhotoInput[] = [];
	readonly #positions: number[] = [];
	readonly #answers: ('created' | 'updated' | Error)[] = [];

	constructor(photos: PhotoRecord[]) {
		for (const [position, photo] of photos.entries()) {
			try {
				this.inputs.push(checkPhoto(photo));
				this.#positions.push(position);
			} catch (error) {
				if (!(error instanceof EngineError)) throw error;
				this.#answers[position] = error;
			}
		}
	}

	/** The answers for the whole batch. @param stored what the writer said to {@link inputs} */
	answers(stored: Outcome[]): ('created' | 'updated' | Error)[] {
		for (const [i, outcome] of stored.entries()) {
			const answer = typeof outcome === 'string' ? outcome : fromErrorBody(outcome);
			this.#answers[this.#positions[i]!] = answer;
		}
		return this.#answers;
	}
}
