import { asEngineError, EngineError } from '../errors';
import type { PhotoRecord, StoredVector, VectorIndex } from '../index/vector-index';
import type { ErrorItem, ImageInput, UpsertRequest, UpsertResponse } from '../service/contract';
import type { OwedTextFiller } from '../text/owed-texts';
import { clearingOldFacts, isOtherFile } from './replaced-file';
import { photoIdOf } from './s3-path';

/** What an upsert waits for its text vectors before it leaves them to the background. */
const TEXT_WAIT_MS = 20_000;

/**
 * Stores what the nodes send. A bad item gets an error of its own and the others are stored; words
 * without a vector are owed, and paid before the answer where Ollama is quick.
 *
 * @param signal ends the wait for Ollama; what was stored stays stored
 */
export async function storePhotos(
	index: VectorIndex,
	{ images, ollama }: UpsertRequest,
	owedTexts: OwedTextFiller,
	signal?: AbortSignal,
): Promise<UpsertResponse> {
	const errors: ErrorItem[] = [];
	const records: { index: number; record: PhotoRecord }[] = [];
	const fail = (position: number, id: string | undefined, error: unknown) => {
		const { code, message } = asEngineError(error);
		errors.push({
			index: position,
			id,
			code,
			message: `Photo ${id ? `"${id}"` : position}: ${message}`,
		});
	};
	for (const [position, image] of images.entries()) {
		try {
			records.push({ index: position, record: toRecord(image) });
		} catch (error) {
			fail(position, image.id ?? image.s3_path, error);
		}
	}
	const outcomes = await index.upsert(
		await withoutOldFacts(
			index,
			records.map(({ record }) => record),
		),
	);
	const stored = records.flatMap(({ index: position, record: { id } }, i) => {
		const status = outcomes[i]!;
		if (typeof status === 'string') return [{ index: position, id, status }];
		fail(position, id, status);
		return [];
	});

	const hints: string[] = [];
	if (ollama) {
		owedTexts.remember(index.name, ollama);
		const failure = await owedTexts.settle(index.name, TEXT_WAIT_MS, signal);
		if (failure) hints.push(`Text vectors are owed and follow later: ${failure.message}`);
	}
	const photos = await index.getMany(stored.map(({ id }) => id));
	const results: UpsertResponse['results'] = stored.map((result) => {
		const photo = photos.get(result.id);
		return {
			...result,
			text_vector: photo?.has_text_vector ? 'stored' : photo?.text_owed ? 'owed' : 'none',
		};
	});
	if (!ollama && results.some((result) => result.text_vector === 'owed')) {
		hints.push(
			'Text vectors are owed: choose an Ollama credential to have titles and tags embedded.',
		);
	}
	return { results, errors: errors.sort((a, b) => a.index - b.index), hints };
}

/** A new picture under an old id does not inherit the words of the old one. */
async function withoutOldFacts(index: VectorIndex, records: PhotoRecord[]): Promise<PhotoRecord[]> {
	const renewed = records.filter(({ image, etag }) => image && etag);
	if (renewed.length === 0) return records;
	const stored = await index.getMany(renewed.map(({ id }) => id));
	return records.map((record) => {
		const before = stored.get(record.id);
		if (!before || !record.image || !record.etag) return record;
		return isOtherFile(before, { etag: record.etag }) ? clearingOldFacts(record) : record;
	});
}

/** @throws EngineError for what is wrong with this one photo */
function toRecord({
	embedding,
	model,
	text_embedding,
	text_model,
	...facts
}: ImageInput): PhotoRecord {
	// Also where an id is given: one stored path that is none would break whoever reads the object.
	const pathId = facts.s3_path === undefined ? undefined : photoIdOf(facts.s3_path);
	const id = facts.id ?? pathId;
	if (!id)
		throw new EngineError('BAD_REQUEST', 'it has neither an id nor an s3_path. Give one of them.');
	if (embedding && !model) {
		throw new EngineError(
			'BAD_REQUEST',
			'its embedding comes without the name of its model. Pass on the model field of the embed node.',
		);
	}
	if (text_embedding && !text_model) {
		throw new EngineError(
			'BAD_REQUEST',
			'its text_embedding comes without text_model. Name the model it was made with.',
		);
	}
	return {
		...facts,
		id,
		image: embedding && toVector(embedding, model!),
		text: text_embedding && toVector(text_embedding, text_model!),
	};
}

/** Length, finiteness and norm are the index's to judge; here only that these are numbers. */
function toVector(values: unknown[], model: string): StoredVector {
	const wrong = values.findIndex((value) => typeof value !== 'number');
	if (wrong !== -1) {
		throw new EngineError(
			'BAD_VECTOR',
			`its vector is not a number at position ${wrong} (${JSON.stringify(values[wrong])}). Embed the photo again.`,
		);
	}
	return { vector: Float32Array.from(values as number[]), model };
}
