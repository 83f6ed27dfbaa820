import { EngineError } from '../errors';
import type { PhotoRecord, StoredVector } from '../index/vector-index';
import { FactsInput, type ImageInput } from '../service/contract';
import { readVector } from './read-vector';
import { photoIdOf } from './s3-path';

const FACTS = Object.keys(FactsInput.properties) as (keyof FactsInput)[];

/**
 * One item of an upsert as the index takes it. The item may be anything that JSON can say; the facts
 * are passed on as they are, since the index judges them.
 *
 * @throws EngineError for what is wrong with this one photo
 */
export function photoRecord(item: unknown): PhotoRecord {
	if (typeof item !== 'object' || item === null || Array.isArray(item)) {
		throw bad('it is not an object. Send one object per photo.');
	}
	const image = item as Record<string, unknown>;
	const path = textOf(image, 's3_path');
	// Also where an id is given: one stored path that is none would break whoever reads the object.
	const pathId = path === undefined ? undefined : photoIdOf(path);
	const id = textOf(image, 'id') ?? pathId;
	if (!id) throw bad('it has neither an id nor an s3_path. Give one of them.');
	const facts = Object.fromEntries(FACTS.map((name) => [name, image[name]])) as FactsInput;
	return {
		...facts,
		id,
		image: vectorOf(image, 'embedding', 'model'),
		text: vectorOf(image, 'text_embedding', 'text_model'),
	};
}

/** `undefined` leaves the stored vector alone, `null` drops it. */
function vectorOf(
	image: Record<string, unknown>,
	field: 'embedding' | 'text_embedding',
	modelField: 'model' | 'text_model',
): StoredVector | null | undefined {
	const value = image[field];
	if (value === undefined || value === null) return value;
	if (!Array.isArray(value) && typeof value !== 'string') {
		throw bad(`its ${field} is neither a list of numbers nor a text in base64.`);
	}
	const model = textOf(image, modelField);
	if (!model) {
		throw bad(
			`its ${field} comes without ${modelField}. Pass on the name of the model that made it.`,
		);
	}
	return { vector: readVector(value, `its ${field}`), model };
}

function textOf(image: Record<string, unknown>, field: keyof ImageInput): string | undefined {
	const value = image[field];
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string') return value;
	throw bad(`its ${field} is not a text.`);
}

function bad(message: string): EngineError {
	return new EngineError('BAD_REQUEST', message);
}
