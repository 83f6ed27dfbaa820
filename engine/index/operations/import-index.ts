import { asEngineError, EngineError } from '../../errors';
import type { VectorIndex } from '../vector-index';
import { ExportFrame } from './export-frame';
import { ImportBatch, type Outcome } from './import-batch';
import { recreateGenerations } from './import-generations';
import { readLines, type Line } from './line-reader';
import { readPhoto, type ImportedPhoto } from './photo-line';

export interface LineError {
	/** Line of the file, from 1. */
	line: number;
	id?: string;
	code: string;
	message: string;
}

export interface ImportReport {
	created: number;
	updated: number;
	failed: number;
	/** The first hundred of those that failed. */
	errors: LineError[];
	/** What is wrong with the file as a whole; everything good in it is stored all the same. */
	problem: EngineError | null;
	hints: string[];
}

/**
 * Photos have a kilobyte of text and two vectors; this leaves room for a megabyte of metadata and for
 * vectors of 16,384 numbers in decimal.
 */
const MAX_LINE_BYTES = 16 * 1024 * 1024;
const MAX_ERRORS = 100;
const NOTHING = Buffer.alloc(0);
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Stores the photos of an export, or of lines written by hand, as they arrive; of several lines with
 * one id the last counts. Photos are durable batch by batch, so a call that is broken off leaves
 * whole photos behind, and the same call again brings the rest.
 *
 * @throws EngineError before anything is stored: `EXPORT_VERSION` for an export of a newer version,
 * `VECTOR_LENGTH` for one that cannot be joined with this index; later what keeps the index from
 * storing, such as `DISK_FULL`, with `created` and `updated` up to then in its details
 */
export async function importIndex(
	index: VectorIndex,
	source: AsyncIterable<Uint8Array>,
	signal?: AbortSignal,
): Promise<ImportReport> {
	const work = new Import(index);
	try {
		for await (const line of readLines(source, MAX_LINE_BYTES)) {
			signal?.throwIfAborted();
			await work.take(line);
		}
		return await work.finish();
	} catch (error) {
		await work.settle();
		throw error;
	}
}

class Import {
	readonly #index: VectorIndex;
	readonly #frame = new ExportFrame();
	readonly #report: ImportReport = {
		created: 0,
		updated: 0,
		failed: 0,
		errors: [],
		problem: null,
		hints: [],
	};
	#batch = new ImportBatch();
	/** The batch that is being stored while the next one is read. */
	#storing: Promise<Outcome[]> = Promise.resolve([]);

	constructor(index: VectorIndex) {
		this.#index = index;
	}

	async take(line: Line): Promise<void> {
		let fields: object | undefined;
		try {
			fields = parse(line);
		} catch (error) {
			this.#frame.hash(line.bytes ?? NOTHING);
			// The stump of a line at which an export was cut off is not the line's own fault.
			if (this.#frame.header && !line.isTerminated) return;
			this.#frame.photo();
			return this.#fail(line.number, undefined, error);
		}
		if (fields && 'end' in fields && this.#frame.header) return this.#frame.end(fields);
		this.#frame.hash(line.bytes ?? NOTHING);
		if (!fields) return;
		if ('format' in fields) return await this.#begin(fields);
		this.#frame.photo();
		let photo: ImportedPhoto;
		try {
			photo = readPhoto(fields as Record<string, unknown>, this.#frame.header !== undefined);
		} catch (error) {
			return this.#fail(line.number, (fields as { id?: unknown }).id, error);
		}
		if (this.#batch.isFullFor(photo.id)) await this.#flush();
		this.#batch.add(line.number, photo, line.bytes?.length ?? 0);
	}

	async finish(): Promise<ImportReport> {
		await this.#flush();
		this.#record(await this.#storing);
		this.#report.problem = this.#frame.problem();
		this.#report.errors.sort((a, b) => a.line - b.line);
		return this.#report;
	}

	/** Waits for what is under way, however it ends. */
	async settle(): Promise<void> {
		await this.#storing.catch(() => undefined);
	}

	async #begin(fields: object): Promise<void> {
		const { generations } = this.#frame.begin(fields);
		this.#report.hints.push(...(await recreateGenerations(this.#index, generations)));
	}

	/** Waits for the batch before this one: no more than two are ever held. */
	async #flush(): Promise<void> {
		this.#record(await this.#storing);
		this.#storing = this.#batch.store(this.#index).catch((error: unknown) => {
			throw this.#withCounts(error);
		});
		// Whoever waits for it next is told; until then it is nobody's failure yet.
		this.#storing.catch(() => undefined);
		this.#batch = new ImportBatch();
	}

	#record(outcomes: Outcome[]): void {
		for (const { line, id, result } of outcomes) {
			if (result instanceof EngineError) this.#fail(line, id, result);
			else this.#report[result]++;
		}
	}

	#fail(line: number, id: unknown, error: unknown): void {
		const { code, message } = asEngineError(error);
		this.#report.failed++;
		if (this.#report.errors.length >= MAX_ERRORS) return;
		const named = typeof id === 'string' ? { id } : {};
		this.#report.errors.push({ line, ...named, code, message });
	}

	#withCounts(error: unknown): EngineError {
		const { code, message, details } = asEngineError(error);
		const { created, updated } = this.#report;
		return new EngineError(
			code,
			`${message} ${created + updated} photos of the file are stored; import it again to have the rest.`,
			{ ...details, created, updated },
			{ cause: error },
		);
	}
}

/** Undefined for a blank line. @throws EngineError `BAD_REQUEST` */
function parse({ bytes }: Line): object | undefined {
	if (!bytes) {
		throw new EngineError(
			'BAD_REQUEST',
			`The line is longer than ${MAX_LINE_BYTES / 1024 / 1024} MB. Is this a file of JSON Lines?`,
		);
	}
	let value: unknown;
	try {
		const text = UTF8.decode(bytes);
		if (text.trim() === '') return undefined;
		value = JSON.parse(text);
	} catch (error) {
		throw new EngineError('BAD_REQUEST', 'The line is not JSON in UTF-8.', undefined, {
			cause: error,
		});
	}
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
	throw new EngineError('BAD_REQUEST', 'The line is not a JSON object.');
}
