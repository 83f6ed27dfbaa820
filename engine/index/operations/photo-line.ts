import { EngineError } from '../../errors';
import { photoRecord } from '../../ingest/photo-record';
import { readVector } from '../../ingest/read-vector';
import { FactsInput, ImageInput } from '../../service/contract';
import type { PhotoRecord, StoredVector, WholePhoto } from '../vector-index';
import type { ExportHeader } from './export-format';

/** A photo of an import: one record, and one more for each further generation it has vectors of. */
export interface ImportedPhoto {
	id: string;
	records: [PhotoRecord, ...PhotoRecord[]];
}

type Fields = Record<string, unknown>;
type Facts = Record<keyof FactsInput, unknown>;

const FACTS = Object.keys(FactsInput.properties) as (keyof FactsInput)[];
const KNOWN = new Set([
	...Object.keys(ImageInput.properties),
	...['image_vectors', 'text_vectors', 'indexed_at'],
	// What the engine finds out by itself and tells: its answers can be fed back as they are.
	...['has_image_vector', 'has_text_vector', 'text_owed'],
]);

/**
 * Writes photos as lines of an export. Field by field, so that their order never depends on how a
 * photo was read, and vectors in the order of the header's generations.
 */
export function photoWriter({ generations }: ExportHeader): (photo: WholePhoto) => string {
	const ranks = new Map(generations.map(({ kind, model }, rank) => [`${kind} ${model}`, rank]));
	const vectorsOf = (kind: 'image' | 'text', vectors: StoredVector[]) => {
		const rank = ({ model }: StoredVector) => ranks.get(`${kind} ${model}`) ?? ranks.size;
		return vectors
			.toSorted((a, b) => rank(a) - rank(b))
			.map(({ model, vector }) => ({ model, vector: toBase64(vector) }));
	};
	return (photo) =>
		JSON.stringify({
			id: photo.id,
			...(Object.fromEntries(FACTS.map((field) => [field, photo[field]])) as Facts),
			indexed_at: photo.indexed_at,
			image_vectors: vectorsOf('image', photo.image_vectors),
			text_vectors: vectorsOf('text', photo.text_vectors),
		});
}

/**
 * Reads one photo: a line of an export, or one written by hand with the fields of `PUT
 * /indexes/{name}/images`. Values are the index's to judge.
 *
 * @param isWhole the line is all there is of the photo: what it lacks is cleared, not kept
 * @throws EngineError for what is wrong with this one photo
 */
export function readPhoto(fields: Fields, isWhole: boolean): ImportedPhoto {
	const unknown = Object.keys(fields).find((field) => !KNOWN.has(field));
	if (unknown !== undefined) {
		throw new EngineError('BAD_REQUEST', `A photo has no field ${JSON.stringify(unknown)}.`);
	}
	const record: PhotoRecord = photoRecord(fields);
	const images = vectorsOf(fields, 'image_vectors') ?? listOf(record.image);
	const texts = vectorsOf(fields, 'text_vectors') ?? listOf(record.text);
	const whole: Partial<Record<keyof FactsInput, null>> = {};
	if (isWhole) {
		for (const field of FACTS) if (record[field] === undefined) whole[field] = null;
	}
	const { id } = record;
	// Named with every write: each would otherwise set it to now.
	const indexed_at = (fields['indexed_at'] ?? undefined) as string | undefined;
	const first: PhotoRecord = {
		...record,
		...whole,
		indexed_at,
		image: images ? (images[0] ?? null) : isWhole ? null : undefined,
		text: texts ? (texts[0] ?? null) : isWhole ? null : undefined,
	};
	const further = Math.max(images?.length ?? 0, texts?.length ?? 0) - 1;
	const others: PhotoRecord[] = Array.from({ length: Math.max(0, further) }, (_, i) => ({
		id,
		indexed_at,
		image: images?.[i + 1],
		text: texts?.[i + 1],
	}));
	return { id, records: [first, ...others] };
}

/** Exact, and a quarter as long as decimal numbers. */
function toBase64({ buffer, byteOffset, byteLength }: Float32Array): string {
	return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function listOf(vector: StoredVector | null | undefined): StoredVector[] | undefined {
	if (vector === undefined) return undefined;
	return vector ? [vector] : [];
}

function vectorsOf(fields: Fields, name: string): StoredVector[] | undefined {
	const list = fields[name];
	if (list === undefined) return undefined;
	if (!Array.isArray(list)) throw wrongList(name);
	return list.map((one: unknown) => {
		const { model, vector } = (one ?? {}) as Fields;
		if (typeof model !== 'string' || model === '') throw wrongList(name);
		if (typeof vector !== 'string' && !Array.isArray(vector)) throw wrongList(name);
		return { model, vector: readVector(vector, `its vector of ${model}`) };
	});
}

function wrongList(name: string): EngineError {
	return new EngineError('BAD_REQUEST', `its ${name} is not a list of {"model", "vector"}.`);
}
