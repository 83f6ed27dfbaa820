import { compareIds } from '../index/catalogue/photo-id';
import { parseTakenAt } from '../index/catalogue/taken-at';
import type { VectorIndex } from '../index/vector-index';
import type { Sort } from '../service/contract';

/** A photo among others in the order of their dates. */
interface DatePlace {
	id: string;
	/** As the clock on its wall showed it, milliseconds since 1970; null if nobody knows. */
	taken: number | null;
}

/** When a photo was taken, as {@link DatePlace} has it. */
export async function placeByDate(index: VectorIndex, id: string): Promise<number | null> {
	const { taken_at: taken } = (await index.getMany([id])).get(id) ?? {};
	return (taken ? parseTakenAt(taken)?.wall : undefined) ?? null;
}

/** Where those begin that come after a photo which is not among them any more. */
export async function startAfterDate(
	index: VectorIndex,
	ordered: readonly string[],
	place: DatePlace,
	sort: Sort,
): Promise<number> {
	let [from, to] = [0, ordered.length];
	while (from < to) {
		const middle = (from + to) >>> 1;
		const id = ordered[middle]!;
		const taken = await placeByDate(index, id);
		if (compare({ id, taken }, place, sort) > 0) to = middle;
		else from = middle + 1;
	}
	return from;
}

/** The order of `VectorIndex.inDateOrder`: undated photos last, ties by id. */
function compare(a: DatePlace, b: DatePlace, sort: Sort): number {
	const byId = compareIds(a.id, b.id);
	if (a.taken === null || b.taken === null) {
		return Number(a.taken === null) - Number(b.taken === null) || byId;
	}
	return (sort === 'oldest' ? a.taken - b.taken : b.taken - a.taken) || byId;
}
