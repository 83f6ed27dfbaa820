import { bareDate, takeDates } from './bare-dates';
import { readFields } from './fields';
import { gapOf, isPlain, type Item } from './item';
import { normalise, scan } from './lexer';
import { distinct, type PlacedTerm, readList, termOf } from './lists';
import { readNegatives } from './negatives';
import { Notes } from './notes';
import type { Query, Term } from './query';

/** Each asks every channel. More is no query of a person. */
const MAX_TERMS = 16;

/**
 * Takes a query apart. Every text is one: what cannot be read as more is words, and a note says so
 * where it looks like a mistake. Takes time in proportion to the length of the input.
 *
 * ```ebnf
 * query     = { item | separator | " " | ignored } ;
 * item      = [ minus ] , ( field | phrase | word ) ;
 * minus     = "-" | "−" | "－" ;                     (* at the start of a word only *)
 * field     = name , ( ":" | "：" ) , ( phrase | value , [ weight ] ) ;
 * name      = "person" | "people" | "tag" | "tags" | "camera" | "bucket" | "path" | "type"
 *           | "before" | "after" | "on" | "year" | "near" | "like" ;    (* without case *)
 * value     = { any character but " ", quote marks and commas } ;
 *             (* near: number "," number [ "," number [ unit ] ]; type: may contain "," *)
 * phrase    = quote , { any character } , quote , [ weight ] ;
 * quote     = '"' | "“" | "”" | "„" | "«" | "»" | "「" | "」" | "『" | "』" ;
 * word      = { any character but " ", quote marks, commas and ignored } , [ weight ] ;
 * weight    = "^" , digits , [ "." , digits ] ;
 * separator = comma | joiner ;
 * comma     = "," | ";" | "，" | "、" | "；" | "､" | "،" | "؛" ;     (* not in 1,000 *)
 * joiner    = "and" | "&" | "+" | "with" | "AND" | "und" | "mit" | "et" | "avec" ;
 * ignored   = "(" | ")" | "（" | "）" | "*" | "＊" ;
 * ```
 *
 * Above the items, in this order:
 *
 * ```ebnf
 * negative  = minus item | "NOT" , item
 *           | without , [ article ] , ( field | phrase | word , [ word ] )
 *             , { ( joiner | "or" | "nor" ) , [ article ] , word , [ word ] } ;
 *             (* of words only all up to a separator or the end *)
 * without   = "without" | "ohne" | ( "but" | "aber" ) , ( "not" | no ) | separator , no ;
 * no        = "no" | "kein" | "keine" | "keinen" ;
 * date      = [ preposition ] , day-month-year , [ "to" , day-month-year ] ;
 * list      = part , { separator , part } ;    (* up to 6 parts of up to 3 words *)
 * sentence  = everything that is no list ;
 * ```
 *
 * @param today years up to the next one are read as dates
 */
export function parseQuery(input: string, today = new Date()): Query {
	const notes = new Notes();
	const typed = normalise(input);
	const lastDay = `${today.getFullYear() + 2}-01-01`;
	const { items, labels, filter, like } = readFields(
		readNegatives(scan(typed, notes), notes),
		notes,
	);
	for (const or of items.slice(1, -1)) {
		if (isPlain(or) && or.text === 'OR') {
			notes.add('OR is a word here: a search finds what has everything. Search twice.', or);
		}
	}
	const negated = items.filter(({ not }) => not);
	const positive = items.map((item) => (item.not ? gapOf(item) : item));
	const dated = takeDates(positive, lastDay, notes);
	const { text, terms } = readList(dated.items);
	const dates = dated.dates.map(({ text, dates, from }) => ({
		...{ term: { text, kind: 'date' as const, weight: 1, dates }, from },
	}));
	const all = [...terms, ...dates].sort((a, b) => a.from - b.from);
	return {
		...{ typed, text, labels, filter, like },
		terms: limited(all, typed.length, notes),
		without: limited(
			negated.map((item) => withoutTerm(item, lastDay)),
			typed.length,
			notes,
		),
		notes: notes.all(),
	};
}

function withoutTerm(item: Item, lastDay: string): PlacedTerm {
	const { term, from } = termOf(item);
	if (item.kind === 'phrase') return { term, from };
	const dates = item.weight === undefined ? bareDate(item.text, lastDay) : undefined;
	if (dates) return { term: { ...term, kind: 'date', dates }, from };
	return { term: { ...term, text: term.text.replace(/(?<=[^.!?])[.!?]{1,3}$/, '') }, from };
}

function limited(terms: PlacedTerm[], end: number, notes: Notes): Term[] {
	const kept = distinct(terms);
	const [tooMany] = kept.splice(MAX_TERMS);
	if (tooMany) {
		const message = `At most ${MAX_TERMS} things are looked for each by itself; the rest was left out.`;
		notes.add(message, { from: tooMany.from, to: end });
	}
	return kept.map(({ term }) => term);
}
