import { EngineError } from '../../errors';
import type { PhotoRecord, StoredVector, VectorKind } from '../vector-index';
import { checkId } from './photo-id';
import { unitVector } from './vector-check';

export const TEXTS = ['s3_path', 'etag', 'title', 'description', 'taken_at'] as const;
export const NUMBERS = ['size', 'width', 'height', 'lat', 'lon'] as const;
const LISTS = ['tags', 'people'] as const;

/**
 * One photo that was found right, on its way to the writer. Fields that are `undefined` keep what is
 * stored; `null` clears them.
 */
export interface PhotoInput extends FactsInput {
	id: string;
	/** ISO 8601; now if it is not given. */
	indexed_at?: string;
	/** Unit length. */
	image?: StoredVector | null;
	text?: StoredVector | null;
	mustExist?: boolean;
	isOfAFile?: boolean;
}

type FactsInput = { [K in (typeof TEXTS)[number]]?: string | null } & {
	[K in (typeof NUMBERS)[number]]?: number | null;
} & { [K in (typeof LISTS)[number]]?: string[] | null } & {
	/** JSON. */
	metadata?: string | null;
};

/** Of UTF-16: far above any caption, far below what would make one item slow all others down. */
const MAX_TEXT = 1024 * 1024;
const MAX_LABELS = 1_000;
const MAX_LABEL = 1_000;
const MAX_METADATA_BYTES = 1024 * 1024;
/** Far below the 1,000 that SQLite reads: a filter that met deeper ones would fail for every photo. */
const MAX_METADATA_DEPTH = 100;
const RANGES: Partial<Record<(typeof NUMBERS)[number], number>> = { lat: 90, lon: 180 };

/**
 * A record whose every value can be stored. Throws `BAD_REQUEST` naming the field, and `BAD_VECTOR`.
 */
export function checkPhoto(record: PhotoRecord): PhotoInput {
	if (typeof record !== 'object' || record === null) throw wrongType('photo', 'an object', record);
	checkId(record.id);
	const { mustExist, isOfAFile } = record;
	const input: PhotoInput = { id: record.id, mustExist, isOfAFile };
	for (const field of TEXTS) {
		const value = record[field];
		if (value !== undefined) input[field] = value === null ? null : checkText(field, value);
	}
	for (const field of NUMBERS) {
		const value = record[field];
		if (value !== undefined) input[field] = value === null ? null : checkNumber(field, value);
	}
	for (const field of LISTS) {
		const value = record[field];
		if (value !== undefined) input[field] = value === null ? null : checkList(field, value);
	}
	const { metadata, indexed_at } = record;
	if (indexed_at !== undefined) input.indexed_at = checkInstant('indexed_at', indexed_at);
	if (metadata !== undefined) input.metadata = metadata === null ? null : metadataJson(metadata);
	if (record.image !== undefined) input.image = record.image && checkVector(record.image, 'image');
	if (record.text !== undefined) input.text = record.text && checkVector(record.text, 'text');
	return input;
}

function checkVector(stored: StoredVector, kind: VectorKind): StoredVector {
	return { vector: unitVector(stored, kind), model: stored.model };
}

function checkText(field: string, value: unknown): string {
	if (typeof value !== 'string') throw wrongType(field, 'a text', value);
	if (value.length > MAX_TEXT) {
		throw bad(`${field} has ${value.length} characters; at most ${MAX_TEXT} can be stored.`);
	}
	return value;
}

function checkInstant(field: string, value: unknown): string {
	const time = typeof value === 'string' ? Date.parse(value) : NaN;
	if (Number.isNaN(time)) throw wrongType(field, 'a time in ISO 8601', value);
	return new Date(time).toISOString();
}

function checkNumber(field: (typeof NUMBERS)[number], value: unknown): number {
	if (typeof value !== 'number') throw wrongType(field, 'a number', value);
	if (!Number.isFinite(value))
		throw bad(`${field} is ${value}; only finite numbers can be stored.`);
	const range = RANGES[field] ?? Infinity;
	if (Math.abs(value) > range)
		throw bad(`${field} is ${value}; it lies between ±${range} degrees.`);
	return value;
}

function checkList(field: string, value: unknown): string[] {
	if (!Array.isArray(value)) throw wrongType(field, 'a list of texts', value);
	if (value.length > MAX_LABELS) {
		throw bad(`${field} has ${value.length} entries; at most ${MAX_LABELS} can be stored.`);
	}
	for (const [i, entry] of value.entries()) {
		if (typeof entry !== 'string') throw wrongType(`${field}[${i}]`, 'a text', entry);
		if (entry.length > MAX_LABEL) {
			throw bad(
				`${field}[${i}] has ${entry.length} characters; at most ${MAX_LABEL} are possible.`,
			);
		}
	}
	return value as string[];
}

function metadataJson(metadata: unknown): string {
	if (typeof metadata !== 'object' || Array.isArray(metadata)) {
		throw wrongType('metadata', 'an object', metadata);
	}
	let json: string;
	try {
		json = JSON.stringify(metadata);
	} catch (error) {
		throw new EngineError('BAD_REQUEST', 'metadata cannot be written as JSON.', undefined, {
			cause: error,
		});
	}
	const bytes = Buffer.byteLength(json);
	if (bytes > MAX_METADATA_BYTES) {
		throw bad(`metadata has ${bytes} bytes as JSON; at most ${MAX_METADATA_BYTES} can be stored.`);
	}
	if (isDeeper(metadata, MAX_METADATA_DEPTH)) {
		throw bad(`metadata has more than ${MAX_METADATA_DEPTH} levels, which cannot be stored.`);
	}
	return json;
}

function isDeeper(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((entry) => isDeeper(entry, levels - 1));
}

function wrongType(field: string, expected: string, value: unknown): EngineError {
	return bad(`${field} is ${nameOfType(value)}, not ${expected}.`);
}

function nameOfType(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'string') return 'a text';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

const bad = (message: string) => new EngineError('BAD_REQUEST', message);
