import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { EngineError } from '../../engine/errors';
import { exportIndex } from '../../engine/index/operations/export-index';
import { importIndex } from '../../engine/index/operations/import-index';
import { restoreIndex } from '../../engine/index/operations/restore-index';
import type {
	IndexStore,
	PhotoRecord,
	StoredVector,
	VectorIndex,
} from '../../engine/index/vector-index';
import { asTyped } from '../words/as-typed';
import type { Call, Dump, DumpedPhoto, Entry, Payment } from './calls';
import { fingerprint, storedVectorOf, type KeyedVector } from './keyed-vector';
import { canonical } from './model';

/** Does what a call says; the answer fits into JSON. */
export async function perform(store: IndexStore, index: VectorIndex, call: Call): Promise<unknown> {
	switch (call.do) {
		case 'upsert': {
			const results = await index.upsert(call.photos.map(recordOf));
			return results.map((result) => (result instanceof Error ? codeOf(result) : result));
		}
		case 'delete':
			return (await index.delete(call.ids)).sort();
		case 'pay':
			return await codeOr(index.payTexts(call.payments.map(paymentOf)));
		case 'begin':
			return await codeOr(index.beginGeneration(call.kind, call).then(() => 'begun'));
		case 'activate':
			return await codeOr(
				index.activateGeneration(call.kind, call.model, call).then(() => 'active'),
			);
		case 'drop':
			return await codeOr(index.dropGeneration(call.kind, call.model).then(() => 'dropped'));
		case 'owed':
			return await index.owedTexts(call.limit);
		case 'ids':
			return await index.ids(call.filter);
		case 'keywords':
			return await index.searchKeywords(call.words.map(asTyped), call.k);
		case 'search': {
			const { kind, query, k, filter } = call;
			return (await index.searchVector(kind, storedVectorOf(query), k, filter)).hits;
		}
		case 'dump':
			return await dump(index);
		case 'verify':
			return (await index.verify()).findings;
		case 'stats':
			return (await index.stats()).image;
		case 'optimize':
			return await index.optimize();
		case 'backup':
			return await index.backup(call.file);
		case 'restore': {
			const restored = await restoreIndex(store, index.name, call.file, { replace: true });
			return await restored.count();
		}
		case 'export':
			return await writeFile(call.file, exportIndex(index));
		case 'import': {
			const { created, updated, problem } = await importIndex(index, createReadStream(call.file));
			if (problem) throw problem;
			return created + updated;
		}
		case 'close':
			return await store.close();
	}
}

function recordOf({ image, text, ...rest }: Entry): PhotoRecord {
	const stored = (keyed: KeyedVector | null | undefined) => keyed && storedVectorOf(keyed);
	return { ...rest, image: stored(image), text: stored(text) };
}

function paymentOf({ id, revision, text, model, dimension }: Payment) {
	return { id, revision, text: storedVectorOf({ key: text, model, dimension }) };
}

async function dump(index: VectorIndex): Promise<Dump> {
	const photos: DumpedPhoto[] = [];
	for await (const photo of index.photos()) {
		photos.push({
			...{ id: photo.id, facts: canonical(photo), owed: photo.text_owed },
			image: fingerprints(photo.image_vectors),
			text: fingerprints(photo.text_vectors),
		});
	}
	const { photos: count, image, text, textOwed, generations } = await index.stats();
	return {
		photos,
		generations,
		counts: { photos: count, image: image.count, text: text.count, owed: textOwed },
		searched: { image: index.model('image'), text: index.model('text') },
	};
}

function fingerprints(vectors: StoredVector[]): Record<string, string> {
	return Object.fromEntries(vectors.map(({ model, vector }) => [model, fingerprint(vector)]));
}

/** A call that is refused as a whole must have done nothing: that is an answer, too. */
async function codeOr<T>(answer: Promise<T>): Promise<T | string> {
	try {
		return await answer;
	} catch (error) {
		if (error instanceof EngineError && error.status < 500) return error.code;
		throw error;
	}
}

const codeOf = (error: Error) => ('code' in error ? String(error.code) : error.message);
