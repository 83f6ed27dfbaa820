import type { Place } from './notes';

export const FIELDS = [
	...(['person', 'tag', 'camera', 'bucket', 'path', 'type'] as const),
	...(['before', 'after', 'on', 'year', 'near', 'like'] as const),
];
export type Field = (typeof FIELDS)[number];

/** What a query consists of, from left to right. */
export interface Item extends Place {
	/** `gap`: stood here and was understood; what is left and right of it is one text. */
	kind: 'word' | 'phrase' | 'field' | 'comma' | 'gap';
	/** A word or a comma as typed, the words of a phrase, or the value of a field. */
	text: string;
	/** Of a field: which, and its name as typed. */
	field?: { is: Field; name: string };
	not: boolean;
	/** A space stands before it. */
	spaced?: boolean;
	/** As told with `^`, from 0.1 to 10. */
	weight?: number;
}

/** Neither negated nor weighted: it may belong to the words beside it. */
export function isPlain(item: Item | undefined): item is Item {
	return item?.kind === 'word' && !item.not && item.weight === undefined;
}

export function gapOf({ from, to }: Place): Item {
	return { kind: 'gap', text: '', not: false, from, to };
}
