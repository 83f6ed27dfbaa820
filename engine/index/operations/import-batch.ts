import { asEngineError, EngineError } from '../../errors';
import type { VectorIndex } from '../vector-index';
import type { ImportedPhoto } from './photo-line';

/** What became of one line. */
export interface Outcome {
	line: number;
	id: string;
	result: 'created' | 'updated' | EngineError;
}

/** As many as one transaction takes: a disk that syncs in 10 ms then costs a photo 40 µs. */
const MAX_PHOTOS = 256;
/** Of lines: photos with a megabyte of metadata each are stored a few at a time. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Photos of an import that are stored together. */
export class ImportBatch {
	readonly #photos: (ImportedPhoto & { line: number })[] = [];
	readonly #ids = new Set<string>();
	#bytes = 0;

	/** Whether the photo must wait for the next batch: in one, every id counts once. */
	isFullFor(id: string): boolean {
		const isFull = this.#photos.length >= MAX_PHOTOS || this.#bytes >= MAX_BYTES;
		return isFull || this.#ids.has(id);
	}

	/** @param bytes of the photo's line */
	add(line: number, photo: ImportedPhoto, bytes: number): void {
		this.#photos.push({ ...photo, line });
		this.#ids.add(photo.id);
		this.#bytes += bytes;
	}

	/**
	 * First every photo with its facts, then, in rounds, the vectors of further generations. A photo
	 * that was refused in one round takes no part in the next.
	 */
	async store(index: VectorIndex): Promise<Outcome[]> {
		const outcomes = new Map<ImportedPhoto, Outcome>();
		let round = 0;
		for (let photos = this.#photos; photos.length > 0; round++) {
			const results = await index.upsert(photos.map(({ records }) => records[round]!));
			for (const [i, photo] of photos.entries()) {
				const { line, id } = photo;
				const result = results[i]!;
				if (result instanceof Error)
					outcomes.set(photo, { line, id, result: asEngineError(result) });
				// What happened to a photo is told by its first round.
				else if (round === 0) outcomes.set(photo, { line, id, result });
			}
			photos = photos.filter(
				(photo) =>
					photo.records.length > round + 1 && !(outcomes.get(photo)?.result instanceof EngineError),
			);
		}
		return [...outcomes.values()];
	}
}
