import type { MergeTable } from './merge-table';
import type { Vocabulary } from './vocabulary';

/**
 * Byte-pair encoding of one word: of all neighbours the pair of the lowest rank is joined, the left
 * one among equals, until none is left. A heap keeps a text of thousands of characters from taking
 * quadratic time.
 *
 * @param symbols token ids of the word's smallest parts
 */
export function joinPairs(symbols: number[], merges: MergeTable, vocabulary: Vocabulary): number[] {
	const ids = Int32Array.from(symbols);
	const next = Int32Array.from(symbols, (_, i) => i + 1);
	const previous = Int32Array.from(symbols, (_, i) => i - 1);
	const heap = new CandidateHeap();
	const push = (at: number) => {
		const after = next[at]!;
		if (after >= ids.length) return;
		const rank = merges.rank(ids[at]!, ids[after]!);
		if (rank >= 0) heap.push({ rank, at, left: ids[at]!, right: ids[after]! });
	};
	for (let at = 0; at < ids.length; at++) push(at);
	for (let best = heap.pop(); best; best = heap.pop()) {
		const { at, left, right } = best;
		const after = next[at]!;
		// Joined with another neighbour since it was noted.
		if (ids[at] !== left || after >= ids.length || ids[after] !== right) continue;
		const joined = vocabulary.findJoined(left, right);
		if (joined < 0) continue;
		ids[at] = joined;
		ids[after] = GONE;
		next[at] = next[after]!;
		if (next[at]! < ids.length) previous[next[at]!] = at;
		if (previous[at]! >= 0) push(previous[at]!);
		push(at);
	}
	return Array.from(ids.filter((id) => id !== GONE));
}

const GONE = -1;

interface Candidate {
	rank: number;
	/** Position of the left symbol. */
	at: number;
	left: number;
	right: number;
}

/** Binary heap: the lowest rank first, among equals the leftmost. */
class CandidateHeap {
	readonly #items: Candidate[] = [];

	push(item: Candidate): void {
		const items = this.#items;
		let at = items.push(item) - 1;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			if (!before(item, items[parent]!)) break;
			items[at] = items[parent]!;
			at = parent;
		}
		items[at] = item;
	}

	pop(): Candidate | undefined {
		const items = this.#items;
		const top = items[0];
		const last = items.pop();
		if (!last || items.length === 0) return top;
		let at = 0;
		for (;;) {
			let child = 2 * at + 1;
			if (child >= items.length) break;
			if (child + 1 < items.length && before(items[child + 1]!, items[child]!)) child++;
			if (!before(items[child]!, last)) break;
			items[at] = items[child]!;
			at = child;
		}
		items[at] = last;
		return top;
	}
}

function before(a: Candidate, b: Candidate): boolean {
	return a.rank < b.rank || (a.rank === b.rank && a.at < b.at);
}
