import { type Period, periodOf, periodOfWords, span } from './dates';
import { gapOf, isPlain, type Item } from './item';
import type { Notes, Place } from './notes';
import { dateBoundOf, isBetween, isDatePreposition, isJoiner } from './vocabulary';

/** Lower numbers are hardly ever years of photographs. */
const FIRST_YEAR = '1900';

const RANGE_WORDS = new Set(['to', 'until', 'till', 'bis', 'à', '-', '–']);
const YEARS = /^(\d{4})[-–](\d{4})$/;

export interface BareDate extends Place {
	/** As typed. */
	text: string;
	dates: Period;
}

/**
 * Takes dates out of the words: "Christmas 2023", "in December 2024", "2019 to 2021". What they were
 * becomes gaps.
 *
 * @param end first day after the years that are read as such, ISO
 */
export function takeDates(
	items: Item[],
	end: string,
	notes: Notes,
): { items: Item[]; dates: BareDate[] } {
	const rest = [...items];
	const found: BareDate[] = [];
	for (let at = 0; at < items.length; at++) {
		const date = dateAt(items, at, end);
		if (!date) continue;
		const [first, last] = [items[at]!, items[date.next - 1]!];
		const place = { from: first.from, to: last.to };
		const before = rest[at - 1];
		const bound = isPlain(before) ? dateBoundOf(before.text) : undefined;
		if (bound) {
			notes.add(
				`Read as words. To see only photos ${bound} a date, write ${bound}:${date.dates.from}.`,
				{ from: before!.from, to: place.to },
			);
		} else {
			if (isPlain(before) && (isDatePreposition(before.text) || isBetween(before.text))) {
				rest[at - 1] = gapOf(before);
			}
			const words = items.slice(at, date.next).map(({ text }) => text);
			found.push({ text: words.join(' ').replace(/ ,/g, ','), dates: date.dates, ...place });
			for (let i = at; i < date.next; i++) rest[i] = gapOf(items[i]!);
		}
		at = date.next - 1;
	}
	return { items: rest, dates: found };
}

/** The date in one word: a year from 1900 on, a month or a day. */
export function bareDate(word: string, end: string): Period | undefined {
	const text = word.replace(/[.!?]+$/, '');
	const years = YEARS.exec(text);
	const [first, last] = years ? [years[1]!, years[2]!] : [text, text];
	const [from, to] = [periodOf(first), periodOf(last)];
	return from && to && plausible(span(from, to), end);
}

/** The longest date that begins here, and where it ends. */
function dateAt(items: Item[], at: number, end: string) {
	const first = singleDateAt(items, at, end);
	const between = first && items[first.next];
	if (!between || !isPlain(between)) return first;
	const [before, word] = [items[at - 1], between.text];
	const joins = isPlain(before) && isBetween(before.text) && isJoiner(word);
	if (!joins && !RANGE_WORDS.has(word)) return first;
	const last = singleDateAt(items, first.next + 1, end);
	const dates = last && span(first.dates, last.dates);
	return dates ? { dates, next: last.next } : first;
}

function singleDateAt(items: Item[], at: number, end: string) {
	if (!isPlain(items[at])) return undefined;
	for (const length of [3, 2]) {
		const words: string[] = [];
		let next = at;
		while (words.length < length && isPlain(items[next])) {
			words.push(items[next]!.text);
			next++;
			// December 24, 2024
			if (words.length === 2 && length === 3 && items[next]?.kind === 'comma') next++;
		}
		words.push((words.pop() ?? '').replace(/[.!?]+$/, ''));
		const dates = words.length === length ? plausible(periodOfWords(words), end) : undefined;
		if (dates) return { dates, next };
	}
	const dates = bareDate(items[at].text, end);
	return dates && { dates, next: at + 1 };
}

function plausible(dates: Period | undefined, end: string): Period | undefined {
	return dates && dates.from >= FIRST_YEAR && dates.to <= end ? dates : undefined;
}
