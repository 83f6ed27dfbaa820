import { monthOf } from './vocabulary';

/** Days, ISO 8601: `from` inclusive, `to` exclusive. */
export interface Period {
	from: string;
	to: string;
}

/** Before it no photo was taken; after it ISO 8601 needs a fifth digit. */
const FIRST_YEAR = 1_000;
const LAST_YEAR = 9_998;

const ISO = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/;
const DAY_FIRST = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const CJK = /^(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?$/;
const DAY = /^(\d{1,2})(?:\.|st|nd|rd|th)?,?$/i;
const YEAR = /^\d{4}$/;

/**
 * The year, month or day that a text names: `2024`, `2024-05`, `2024-05-31`, `31.5.2024`,
 * `2024年5月`, `May 2024`, `31 May 2024`, `May 31, 2024`, in English, German or French.
 */
export function periodOf(text: string): Period | undefined {
	const plain = text.normalize('NFKC').trim();
	const iso = ISO.exec(plain) ?? CJK.exec(plain);
	if (iso) return period(iso[1]!, iso[2], iso[3]);
	const dayFirst = DAY_FIRST.exec(plain);
	if (dayFirst) return period(dayFirst[3]!, dayFirst[2], dayFirst[1]);
	const words = plain.split(/,? +/);
	return words.length > 3 ? undefined : periodOfWords(words);
}

/** `May 2024`, `31 May 2024`, `May 31 2024`, a word each. */
export function periodOfWords(words: string[]): Period | undefined {
	const year = words.at(-1) ?? '';
	if (words.length < 2 || !YEAR.test(year)) return undefined;
	const rest = words.slice(0, -1);
	const month = rest.map(monthOf).find((number) => number !== undefined);
	const day = rest.map((word) => DAY.exec(word)?.[1]).find((number) => number !== undefined);
	if (month === undefined || (rest.length === 2 && day === undefined)) return undefined;
	return period(year, String(month), day);
}

/** From the first moment of the one to the last of the other. */
export function span(first: Period, last: Period): Period | undefined {
	return first.from < last.to ? { from: first.from, to: last.to } : undefined;
}

function period(yearText: string, monthText?: string, dayText?: string): Period | undefined {
	const year = Number(yearText);
	const [month, day] = [Number(monthText ?? 1), Number(dayText ?? 1)];
	if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return undefined;
	const from = isoDay(year, month, day);
	// Date.UTC takes February 31 for March 2.
	if (day < 1 || new Date(`${from}T00:00:00Z`).getUTCDate() !== day) return undefined;
	if (dayText !== undefined) return { from, to: isoDay(year, month, day + 1) };
	if (monthText !== undefined) return { from, to: isoDay(year, month + 1, 1) };
	return { from, to: isoDay(year + 1, 1, 1) };
}

/** Days and months beyond the last are those of the next month and year. */
function isoDay(year: number, month: number, day: number): string {
	return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
