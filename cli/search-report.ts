import { whyInWords, type SearchResponse } from '../engine/client';
import { formatTable } from './table';

/** Lines about an answer to a search, for a person at a terminal. */

/** Rank, relevance, id, title and why; what is folded into a result stands behind its id. */
export function resultLines({ results }: SearchResponse): string[] {
	return formatTable(
		results.map((result, i) => [
			String(i + 1).padStart(3),
			result.relevance.toFixed(2),
			result.id + (result.duplicates.count > 0 ? ` +${result.duplicates.count} similar` : ''),
			result.title ?? '',
			whyInWords(result),
		]),
	);
}

/** `12 relevant of 103, 34 ms`. */
export function summary({ results, relevant, total, capped, took_ms }: SearchResponse): string {
	const time = `${Math.round(took_ms)} ms`;
	if (results.length === 0) return `Nothing found, ${time}`;
	return `${relevant} relevant of ${capped ? 'at least ' : ''}${total}, ${time}`;
}

/** `people: Pat (12), Jack (3)`, as far as they were asked for and there are any. */
export function facetLines({ facets }: SearchResponse): string[] {
	return Object.entries(facets ?? {}).flatMap(([name, counts]) =>
		counts.length > 0
			? [`${name}: ${counts.map(({ value, count }) => `${value} (${count})`).join(', ')}`]
			: [],
	);
}

/** The steps, and the milliseconds each took. */
export function planLines({ explain }: SearchResponse): string[] {
	if (!explain) return [];
	const times = Object.entries(explain.timings_ms).map(
		([stage, ms]) => `${stage} ${ms.toFixed(1)}`,
	);
	return [
		'How it was understood:',
		...explain.plan.map((step) => `  ${step}`),
		`Milliseconds: ${times.join(', ')}`,
	];
}

/** Each note with the query under it, and ^ under the place it is about. */
export function noteLines({ notes, explain }: SearchResponse): string[] {
	const typed = explain?.query['typed'];
	return notes.flatMap(({ message, from, to }) => {
		const note = `note: ${message}`;
		if (typeof typed !== 'string') return [note];
		const indent = ' '.repeat(columns(typed.slice(0, from)));
		return [
			note,
			`  ${typed}`,
			`  ${indent}${'^'.repeat(Math.max(1, columns(typed.slice(from, to))))}`,
		];
	});
}

/** Most terminals draw these two columns wide. */
const WIDE = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{Emoji_Presentation}]/u;

/** What a text is wide in a terminal, as nearly as matters for a mark under it. */
function columns(text: string): number {
	let width = 0;
	for (const sign of text) width += /\p{M}/u.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1;
	return width;
}
