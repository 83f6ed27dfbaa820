import type { Wording } from '../../engine/index/vector-index';

/** A word in no form but its own. */
export function asTyped(word: string): Wording {
	return { word, forms: [{ text: word, closeness: 1 }] };
}
