import type { StoredPhoto } from '../index/vector-index';
import type { Facets } from '../service/contract';

/** More values than these help nobody to narrow a search. */
const MOST = 20;

/** How often each person, tag and year occurs, most often first, then by name. */
export function countFacets(photos: Iterable<StoredPhoto>): Facets {
	const people = new Map<string, number>();
	const tags = new Map<string, number>();
	const years = new Map<string, number>();
	for (const photo of photos) {
		for (const name of new Set(photo.people)) count(people, name);
		for (const tag of new Set(photo.tags)) count(tags, tag);
		const year = /^\d{4}/.exec(photo.taken_at ?? '')?.[0];
		if (year) count(years, year);
	}
	return { people: most(people), tags: most(tags), years: most(years) };
}

function count(counts: Map<string, number>, value: string): void {
	counts.set(value, (counts.get(value) ?? 0) + 1);
}

function most(counts: Map<string, number>): { value: string; count: number }[] {
	return [...counts]
		.map(([value, n]) => ({ value, count: n }))
		.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
		.slice(0, MOST);
}
