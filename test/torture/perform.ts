import type { IndexStore, PhotoRecord, VectorIndex } from '../../engine/index/vector-index';
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
			return await index.payTexts(call.payments.map(paymentOf));
		case 'owed':
			return await index.owedTexts(call.limit);
		case 'ids':
			return await index.ids(call.filter);
		case 'keywords':
			return await index.searchKeywords(call.words, call.k);
		case 'search': {
			const { kind, query, k, filter } = call;
			return (await index.searchVector(kind, storedVectorOf(query), k, filter)).hits;
		}
		case 'dump':
			return await dump(index);
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
	const ids = await index.ids({});
	const stored = await index.getMany(ids);
	const photos: DumpedPhoto[] = [];
	for (const id of ids) {
		const photo = stored.get(id)!;
		const image = await index.vector(id, 'image');
		const text = await index.vector(id, 'text');
		photos.push({
			...{ id, facts: canonical(photo), owed: photo.text_owed },
			image: image ? { [image.model]: fingerprint(image.vector) } : {},
			text: text ? { [text.model]: fingerprint(text.vector) } : {},
		});
	}
	const { photos: count, image, text, textOwed } = await index.stats();
	return {
		photos,
		counts: { photos: count, image: image.count, text: text.count, owed: textOwed },
	};
}

const codeOf = (error: Error) => ('code' in error ? String(error.code) : error.message);
