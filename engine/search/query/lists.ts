import { isPlain, type Item } from './item';
import type { Term } from './query';
import { isArticle, isJoiner, isTelling } from './vocabulary';

/** A longer part makes it a sentence with commas, which is understood better as a whole. */
const MAX_PART_WORDS = 3;
/** Each part asks every channel; a longer list is read as one sentence. */
const MAX_PARTS = 6;

/** A term and where it begins in `typed`. */
export interface PlacedTerm {
	term: Term;
	from: number;
}

/** Items between two separators. */
type Part = Item[];

/**
 * Takes what is left of a query (words, phrases, separators and gaps) apart into things that must
 * all be there: "Pat, Jack, and an automobile" are three. A sentence is one, whole; phrases and
 * weighted words are each one beside it.
 */
export function readList(items: Item[]): { text: string; terms: PlacedTerm[] } {
	const parts = partsOf(items);
	const isSentence =
		parts.filter((part) => part.some(isPlain)).length > MAX_PARTS ||
		parts.some((part) => stripArticle(part).filter(isCounted).length > MAX_PART_WORDS);
	const text = textOf(items, isSentence);
	const special = parts.flat().filter((item) => !isPlain(item));
	const first = parts[0]?.[0];
	if (!first) return ofJoiners(items);
	const runs = isSentence ? [] : parts.flatMap(runsOf);
	if (isSentence || (runs.length === 1 && special.length === 0)) {
		const whole: PlacedTerm = { term: { text, kind: 'words', weight: 1 }, from: first.from };
		return { text, terms: [whole, ...special.map(termOf)] };
	}
	const terms = [...runs.map(termOfRun), ...special.map(termOf)];
	return { text, terms: terms.sort((a, b) => a.from - b.from) };
}

/** Words that join, with nothing in the query beside them, are what is looked for. */
function ofJoiners(items: Item[]): { text: string; terms: PlacedTerm[] } {
	const words = items.every(isSeparator) ? items.filter(isPlain) : [];
	const text = words.map((word) => word.text).join(' ');
	return { text, terms: words.slice(0, 1).map((first) => termOf({ ...first, text })) };
}

/** Those that are equal but for case are one: the first, as strict and as heavy as any of them. */
export function distinct(terms: PlacedTerm[]): PlacedTerm[] {
	const byText = new Map<string, PlacedTerm>();
	for (const { term, from } of terms) {
		const key = `${term.kind === 'date'} ${term.text.toLowerCase()}`;
		const known = byText.get(key)?.term;
		if (!known) {
			byText.set(key, { term: { ...term }, from });
			continue;
		}
		if (term.kind === 'phrase') known.kind = 'phrase';
		known.weight = Math.max(known.weight, term.weight);
	}
	return [...byText.values()];
}

/** A term of one item, whatever its kind. */
export function termOf({ kind, text, weight = 1, from }: Item): PlacedTerm {
	return { term: { text, kind: kind === 'phrase' ? 'phrase' : 'words', weight }, from };
}

function partsOf(items: Item[]): Part[] {
	const parts: Part[] = [[]];
	for (const item of items) {
		if (isSeparator(item)) parts.push([]);
		else if (item.kind !== 'gap') parts.at(-1)!.push(item);
	}
	const full = parts.filter((part) => part.length > 0);
	const telling = full.filter((part) => part.some(({ text }) => isTelling(text)));
	return telling.length > 0 ? telling : full;
}

/** The plain words of a part, apart where a phrase or a weighted word stands between them. */
function runsOf(part: Part): Item[][] {
	const runs: Item[][] = [[]];
	for (const item of stripArticle(part)) {
		if (isPlain(item)) runs.at(-1)!.push(item);
		else runs.push([]);
	}
	const telling = runs.filter((run) => run.some(({ text }) => isTelling(text)));
	// Of marks only, and nothing else was said.
	if (telling.length === 0 && part.every(isPlain)) return [part];
	return telling;
}

function stripArticle(part: Part): Part {
	const [first] = part;
	return part.length > 1 && isPlain(first) && isArticle(first.text) ? part.slice(1) : part;
}

function isCounted(item: Item): boolean {
	return isPlain(item) && isTelling(item.text);
}

/** Commas and full stops at the end of a list's parts are not part of names. */
function termOfRun(run: Item[]): PlacedTerm {
	const words = run.map(({ text }) => text).join(' ');
	const text = words.replace(/(?<=[^.!?…。！？ ]) ?[.!?…。！？]{1,3}$/u, '');
	return { term: { text, kind: 'words', weight: 1 }, from: run[0]!.from };
}

/**
 * The words as typed, without what became gaps. Separators stay where there is something on both
 * sides of them; a sentence keeps the words among them at its beginning and end, too.
 */
function textOf(items: Item[], isSentence: boolean): string {
	const written: Item[] = [];
	let beforeGap: Item[] = [];
	let separators: Item[] = [];
	let hasGap = false;
	const edge = () =>
		isSentence && !hasGap ? separators.filter(({ kind }) => kind === 'word') : [];
	for (const item of items) {
		if (item.kind === 'gap') {
			if (separators.length > 0) [beforeGap, separators] = [separators, []];
			hasGap = true;
		} else if (isSeparator(item)) {
			separators.push(item);
		} else {
			// Of "Pat, person:Jack, Mary" one comma is left.
			const between = separators.length > 0 ? separators : beforeGap;
			written.push(...(written.length > 0 ? between : edge()), item);
			[beforeGap, separators, hasGap] = [[], [], false];
		}
	}
	written.push(...(written.length > 0 ? edge() : []));
	const glued = gluedIn(items);
	return written.map((item, i) => `${i === 0 || glued.has(item) ? '' : ' '}${item.text}`).join('');
}

/** Commas right behind what they follow, and words right behind such commas: `Pat,Jack`. */
function gluedIn(items: Item[]): Set<Item> {
	return new Set(
		items.filter((item, i) => {
			if (item.kind === 'comma') return !item.spaced;
			const [comma, before] = [items[i - 1], items[i - 2]];
			const isBehindComma = comma?.kind === 'comma' && comma.to === item.from;
			// A bracket or a quote mark between them may have kept 1 and 000 apart.
			return isBehindComma && before?.to === comma.from && item.kind === 'word';
		}),
	);
}

function isSeparator(item: Item): boolean {
	return item.kind === 'comma' || (isPlain(item) && isJoiner(item.text));
}
