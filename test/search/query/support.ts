import { parseQuery } from '../../../engine/search/query/parser';
import type { Query, Term } from '../../../engine/search/query/query';

const TODAY = new Date('2025-06-15T12:00:00Z');

/** Parsed in the middle of 2025. */
export function parsed(input: string): Query {
	return parseQuery(input, TODAY);
}

/** Terms in short: `beach`, `beach^2`, `"new year"`, `2023=2023-01-01..2024-01-01`. */
export function shown(terms: Term[]): string[] {
	return terms.map(({ text, kind, weight, dates }) => {
		const quoted = kind === 'phrase' ? `"${text}"` : text;
		const period = dates ? `=${dates.from}..${dates.to}` : '';
		return `${quoted}${weight === 1 ? '' : `^${weight}`}${period}`;
	});
}

/** The places that the notes point at, as they stand in the query. */
export function pointedAt({ typed, notes }: Query): string[] {
	return notes.map(({ from, to }) => typed.slice(from, to));
}
