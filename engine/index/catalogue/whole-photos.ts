import type { DatabaseSync } from 'node:sqlite';
import type { PhotoFilter } from '../../service/contract';
import type { StoredVector, VectorKind, WholePhoto } from '../vector-index';
import { damagedPhoto } from './damaged-photo';
import { activeOf, readGenerations } from './generations';
import type { PhotoReader } from './photo-reader';
import type { VectorReader } from './vector-reader';

/** Photos in memory at a time; with two vectors of 768 numbers, below a megabyte. */
const PAGE = 100;

/**
 * Pages of photos with all their vectors, ordered by id; between pages others have their turn.
 *
 * @throws EngineError `INDEX_DAMAGED` for a photo that is not what was stored: a copy would hide it
 */
export async function* readWholePhotos(
	db: DatabaseSync,
	photos: PhotoReader,
	vectors: VectorReader,
	filter: PhotoFilter | undefined,
	indexName: string,
): AsyncGenerator<WholePhoto[], undefined> {
	for (let after = ''; ; ) {
		const ids = photos.ids(filter, after, PAGE);
		yield readPage(db, photos, vectors, ids, indexName);
		if (ids.length < PAGE) return undefined;
		after = ids.at(-1)!;
		await new Promise((resolve) => setImmediate(resolve));
	}
}

function readPage(
	db: DatabaseSync,
	photos: PhotoReader,
	vectors: VectorReader,
	ids: string[],
	indexName: string,
): WholePhoto[] {
	const generations = readGenerations(db);
	// The active one first.
	generations.sort((a, b) => Number(b.state === 'active') - Number(a.state === 'active'));
	const keys = photos.photosOf(ids);
	const found = new Map<string, Float32Array>();
	const known = new Set(generations.map(({ generation }) => generation));
	for (const { photo, generation, vector } of vectors.ofPhotos([...keys.values()])) {
		// Of one that is dropped: not deleted yet.
		if (!known.has(generation)) continue;
		if (!vector) throw damagedPhoto(photos.idsOf([photo]).get(photo) ?? '', indexName);
		found.set(`${photo} ${generation}`, vector);
	}
	const { photos: stored, damaged } = photos.getMany(ids, (kind, photo) =>
		found.has(`${photo} ${activeOf(generations, kind)?.generation}`),
	);
	if (damaged[0] !== undefined) throw damagedPhoto(damaged[0], indexName);
	const vectorsOf = (photo: number, kind: VectorKind): StoredVector[] =>
		generations.flatMap(({ generation, model, kind: of }) => {
			const vector = of === kind ? found.get(`${photo} ${generation}`) : undefined;
			return vector ? [{ vector, model }] : [];
		});
	return ids.flatMap((id) => {
		const [photo, key] = [stored.get(id), keys.get(id)];
		if (!photo || key === undefined) return [];
		return [
			{ ...photo, image_vectors: vectorsOf(key, 'image'), text_vectors: vectorsOf(key, 'text') },
		];
	});
}
