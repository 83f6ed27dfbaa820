import { asEngineError } from '../errors';
import { MAX_ID_LENGTH } from '../index/catalogue/photo-id';
import type { PhotoRecord, VectorIndex } from '../index/vector-index';
import type { ErrorItem, UpsertRequest, UpsertResponse } from '../service/contract';
import type { OwedTextFiller } from '../text/owed-texts';
import { photoRecord } from './photo-record';

/** What an upsert waits for its text vectors before it leaves them to the background. */
const TEXT_WAIT_MS = 20_000;
/** Of an id that is told in an error. */
const SHOWN_ID = 200;

export interface StoreOptions {
	/** A photo that is not there is an error instead of a new one. */
	mustExist?: boolean;
	/** Ends the wait for Ollama; what was stored stays stored. */
	signal?: AbortSignal;
}

/**
 * Stores what the nodes send. A bad item gets an error of its own and the others are stored; words
 * without a vector are owed, and paid before the answer where Ollama is quick.
 */
export async function storePhotos(
	index: VectorIndex,
	{ images, ollama }: UpsertRequest,
	owedTexts: OwedTextFiller,
	{ mustExist = false, signal }: StoreOptions = {},
): Promise<UpsertResponse> {
	const errors: ErrorItem[] = [];
	const records: { index: number; record: PhotoRecord }[] = [];
	const fail = (position: number, id: unknown, error: unknown) => {
		const { code, message } = asEngineError(error);
		const name = typeof id === 'string' && id !== '' ? id : undefined;
		const shown = name === undefined ? String(position) : `"${clip(name)}"`;
		const item = { index: position, code, message: `Photo ${shown}: ${message}` };
		errors.push(name === undefined || name.length > MAX_ID_LENGTH ? item : { ...item, id: name });
	};
	for (const [position, image] of images.entries()) {
		try {
			const record = photoRecord(image);
			// A new picture under an old id does not inherit the words of the old one.
			const isOfAFile = Boolean(record.image && record.etag);
			records.push({ index: position, record: { ...record, mustExist, isOfAFile } });
		} catch (error) {
			const { id, s3_path } = { ...(image as Partial<typeof image> | null) };
			fail(position, id ?? s3_path, error);
		}
	}
	const outcomes = await index.upsert(records.map(({ record }) => record));
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

function clip(text: string): string {
	return text.length > SHOWN_ID ? `${text.slice(0, SHOWN_ID)}…` : text;
}
