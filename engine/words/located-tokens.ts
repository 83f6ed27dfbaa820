import { spelledOutTokensOf, tokensOf } from './fold';

/** A token and where it stands in the text as it was written, in UTF-16 units. */
export interface LocatedToken {
	token: string;
	/** The same with umlauts spelled out; equal to `token` without any. */
	spelledOut: string;
	from: number;
	to: number;
}

const RUN = /\S+/gu;

/** A flag, or a character with its marks and with signs that cannot be seen. */
const CLUSTER = /\p{RI}{2}|[^\p{M}\p{Cf}\p{EMod}]?[\p{M}\p{Cf}\p{EMod}]+|[^]/gu;

/** The tokens of a text, each with its place in it. */
export function locatedTokensOf(text: string): LocatedToken[] {
	return [...text.matchAll(RUN)].flatMap(({ 0: run, index }) => locate(run, index));
}

function locate(run: string, start: number): LocatedToken[] {
	const tokens = tokensOf(run);
	const clusters = [...run.matchAll(CLUSTER)].map(({ 0: cluster, index }) => ({
		folded: tokensOf(cluster).join(''),
		spelledOut: (spelledOutTokensOf(cluster) ?? tokensOf(cluster)).join(''),
		from: start + index,
		to: start + index + cluster.length,
	}));
	// Where signs fold together otherwise than one by one, the place is that of all of them.
	if (clusters.map(({ folded }) => folded).join('') !== tokens.join('')) {
		const place = { from: start, to: start + run.length };
		return tokens.map((token) => ({ token, spelledOut: token, ...place }));
	}
	const seen = clusters.filter(({ folded }) => folded !== '');
	let next = 0;
	/** How much of the next cluster belongs to the token before: of "㎏" it may be all. */
	let used = 0;
	return tokens.map((token) => {
		const first = seen[next]!;
		let spelledOut = '';
		let last = first;
		for (let missing = token.length; missing > 0; ) {
			last = seen[next]!;
			const taken = Math.min(missing, last.folded.length - used);
			if (used === 0) spelledOut += last.spelledOut;
			missing -= taken;
			used += taken;
			if (used < last.folded.length) break;
			next++;
			used = 0;
		}
		return { token, spelledOut, from: first.from, to: last.to };
	});
}
