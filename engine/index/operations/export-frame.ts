import { createHash } from 'node:crypto';
import { EngineError } from '../../errors';
import { readEnd, readHeader, type ExportEnd, type ExportHeader } from './export-format';

/** What stands around the photos of an export, by which a file that is not whole is noticed. */
export class ExportFrame {
	readonly #hash = createHash('sha256');
	#header: ExportHeader | undefined;
	#end: ExportEnd['end'] | undefined;
	/** Of what was read up to the end; empty before it. */
	#sha256 = '';
	#photos = 0;

	/** Undefined for lines written by hand. */
	get header(): ExportHeader | undefined {
		return this.#header;
	}

	/** @throws EngineError `EXPORT_VERSION`, `BAD_REQUEST` */
	begin(fields: object): ExportHeader {
		if (this.#header || this.#photos > 0) {
			throw new EngineError(
				'BAD_REQUEST',
				'An export begins in the middle of the file. Import the files one by one.',
			);
		}
		return (this.#header = readHeader(fields));
	}

	/** Counts a line that is to hold a photo, readable or not. */
	photo(): void {
		this.#photos++;
	}

	/** Every line before the end, as it stands in the file. */
	hash(bytes: Uint8Array): void {
		if (this.#sha256 === '') this.#hash.update(bytes).update('\n');
	}

	end(fields: object): void {
		// Whatever follows an end makes the count wrong.
		if (this.#sha256 !== '') return this.photo();
		this.#end = readEnd(fields);
		this.#sha256 = this.#hash.digest('hex');
	}

	/** What is wrong with the file, once all of it was read. */
	problem(): EngineError | null {
		if (!this.#header) {
			if (this.#photos > 0) return null;
			return new EngineError('EXPORT_TRUNCATED', 'There is nothing in the file.');
		}
		if (this.#sha256 === '') {
			return new EngineError(
				'EXPORT_TRUNCATED',
				`The file was cut off: it ends after ${this.#photos} of about ${this.#header.photos} photos. Those are stored; import the whole file to have the others.`,
			);
		}
		if (this.#end?.photos === this.#photos && this.#end.sha256 === this.#sha256) return null;
		return new EngineError(
			'EXPORT_CHANGED',
			'The file is not what was exported: its checksum or its number of photos is another. What could be read is stored; import a good copy to be sure of it.',
		);
	}
}
