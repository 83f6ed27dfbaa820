/**
 * A navigable graph over the rows: what HNSW calls its lowest layer. In place of its upper layers a
 * search begins at the best rows of a sample; with a sample of a few per cluster that is nearer than
 * the upper layers lead. One thread links rows, in their order; others search meanwhile. They may see
 * a list of links half changed, but never anything in it that is not a row.
 */
import { haveSameCode, prepareRow, scoreAll, scorePair, scoreRow } from './codes';
import {
	entries,
	FOLLOWER,
	header,
	LINK_COUNT,
	LINKS,
	list,
	maxLinks,
	poolRows,
	poolScores,
	rowAt,
	scores,
	seen,
} from './layout';

/** Of an entry of the pool: its links have been followed. */
const EXPANDED: u32 = 0x80000000;
const ROW: u32 = 0x7fffffff;
/** More than a row has neighbours. */
const MOST_FRESH: u32 = 64;
/** Sampled rows a search begins at, at most. */
const STARTS: u32 = 16;
/** Where a row's neighbours are looked for: they belong to its own group. */
const LINK_STARTS: u32 = 4;

/** The first search wipes what an earlier instance left at this desk. */
let searchNumber: u32 = 255;
let poolSize: u32 = 0;

/** Makes all rows count as not seen. */
function begin(): void {
	poolSize = 0;
	if (++searchNumber > 255) {
		memory.fill(seen, 0, load<u32>(header));
		searchNumber = 1;
	}
}

function isNew(row: u32): bool {
	if (load<u8>(seen + row) === searchNumber) return false;
	store<u8>(seen + row, <u8>searchNumber);
	return true;
}

/** Puts a row into its place in the pool; answers that place, or `breadth` if it has none. */
function offer(row: u32, score: f32, breadth: u32): u32 {
	if (poolSize === breadth && score <= load<f32>(poolScores + 4 * (breadth - 1))) return breadth;
	let low: u32 = 0;
	let high = poolSize;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (load<f32>(poolScores + 4 * middle) >= score) low = middle + 1;
		else high = middle;
	}
	if (poolSize < breadth) poolSize++;
	const after: usize = 4 * (poolSize - low - 1);
	const at: usize = 4 * low;
	memory.copy(poolScores + at + 4, poolScores + at, after);
	memory.copy(poolRows + at + 4, poolRows + at, after);
	store<f32>(poolScores + at, score);
	store<u32>(poolRows + at, row);
	return low;
}

/**
 * The `breadth` best rows that a walk from the sample finds, tombstones included, to `poolScores` and
 * `poolRows`, best first; answers how many. The sample's own scores go to `scores`.
 *
 * The query is prepared.
 *
 * @param sampled rows at `entries`
 */
export function search(breadth: u32, sampled: u32): u32 {
	return walk(breadth, sampled, min(breadth, STARTS));
}

function walk(breadth: u32, sampled: u32, starts: u32): u32 {
	begin();
	scoreAll(entries, scores, sampled);
	let sum: f32 = 0;
	for (let i: u32 = 0; i < sampled; i++) {
		const score = load<f32>(scores + 4 * i);
		sum += score;
		offer(load<u32>(entries + 4 * i), score, starts);
	}
	// A start that is hardly nearer than any row leads to others of its kind.
	const halfway = poolSize > 0 ? (load<f32>(poolScores) + sum / <f32>sampled) / 2 : 0;
	// There is room for far more rows than a sample has.
	const freshScores = scores + 4 * sampled;
	// Each group of rows that the query is near to is looked at before those of one fill the pool.
	const startRows = freshScores + 4 * MOST_FRESH;
	const count = min(poolSize, breadth);
	memory.copy(startRows, poolRows, 4 * count);
	memory.copy(startRows + 4 * count, poolScores, 4 * count);
	poolSize = 0;
	for (let i: u32 = 0; i < count; i++) {
		const row = load<u32>(startRows + 4 * i);
		const score = load<f32>(startRows + 4 * (count + i));
		if (i > 0 && score < halfway) break;
		if (isNew(row)) climb(row, score, breadth, freshScores);
	}
	let next: u32 = 0;
	while (next < poolSize) {
		const entry = load<u32>(poolRows + 4 * next);
		if (entry & EXPANDED) {
			next++;
			continue;
		}
		store<u32>(poolRows + 4 * next, entry | EXPANDED);
		const fresh = listNewLinks(entry);
		scoreAll(list, freshScores, fresh);
		let first = next + 1;
		for (let i: u32 = 0; i < fresh; i++) {
			const row = load<u32>(list + 4 * i);
			first = min(first, offer(row, load<f32>(freshScores + 4 * i), breadth));
		}
		next = first;
	}
	for (let i: u32 = 0; i < poolSize; i++) {
		store<u32>(poolRows + 4 * i, load<u32>(poolRows + 4 * i) & ROW);
	}
	return poolSize;
}

/** Goes from a row to ever better ones, until no neighbour is better; offers all it sees. */
function climb(start: u32, startScore: f32, breadth: u32, freshScores: usize): void {
	offer(start, startScore, breadth);
	let row = start;
	let best = startScore;
	for (;;) {
		const fresh = listNewLinks(row);
		scoreAll(list, freshScores, fresh);
		let better = false;
		for (let i: u32 = 0; i < fresh; i++) {
			const score = load<f32>(freshScores + 4 * i);
			const other = load<u32>(list + 4 * i);
			offer(other, score, breadth);
			if (score <= best) continue;
			best = score;
			row = other;
			better = true;
		}
		if (!better) return;
	}
}

/** Neighbours that this search has not seen, to `list`. */
function listNewLinks(row: u32): u32 {
	const at = rowAt(row);
	const links = min(load<u32>(at + LINK_COUNT), maxLinks);
	let fresh: u32 = 0;
	for (let i: u32 = 0; i < links; i++) {
		const other = load<u32>(at + LINKS + 4 * i);
		if (!isNew(other)) continue;
		store<u32>(list + 4 * fresh, other);
		fresh++;
	}
	const follower = load<u32>(at + FOLLOWER);
	if (follower !== 0 && isNew(follower)) {
		store<u32>(list + 4 * fresh, follower);
		fresh++;
	}
	return fresh;
}

/**
 * Links a row into the graph of the rows before it. A copy of another row takes over its links and
 * follows it: copies would fill each other's lists until nothing led to most of them.
 *
 * @param breadth of the search for its neighbours
 * @param wanted links a row gets, and is cut back to when it has `maxLinks`
 */
export function link(row: u32, breadth: u32, wanted: u32, sampled: u32): void {
	prepareRow(row);
	const found = walk(breadth, sampled, LINK_STARTS);
	if (found === 0) return;
	const at = rowAt(row);
	const nearest = load<u32>(poolRows);
	if (haveSameCode(row, nearest)) {
		const original = rowAt(nearest);
		const links = min(load<u32>(original + LINK_COUNT), maxLinks - 1);
		store<u32>(at + LINKS, nearest);
		memory.copy(at + LINKS + 4, original + LINKS, 4 * links);
		store<u32>(at + LINK_COUNT, links + 1);
		follow(nearest, row);
		return;
	}
	const kept = choose(found, wanted);
	memory.copy(at + LINKS, poolRows, 4 * kept);
	store<u32>(at + LINK_COUNT, kept);
	let isLinked = false;
	for (let i: u32 = 0; i < kept; i++) {
		if (linkBack(load<u32>(at + LINKS + 4 * i), row, wanted)) isLinked = true;
	}
	if (!isLinked) follow(nearest, row);
}

/** Makes `row` reachable from `leader` for ever. Those that followed it before follow `row`. */
function follow(leader: u32, row: u32): void {
	store<u32>(rowAt(row) + FOLLOWER, load<u32>(rowAt(leader) + FOLLOWER));
	atomic.store<u32>(rowAt(leader) + FOLLOWER, row);
}

/**
 * Leaves in the pool at most `wanted` of its rows, the nearest first, none of which is nearer to one
 * that was chosen before than to the row they are for: links that lead in different directions.
 */
function choose(found: u32, wanted: u32): u32 {
	let kept: u32 = 0;
	for (let i: u32 = 0; i < found && kept < wanted; i++) {
		const row = load<u32>(poolRows + 4 * i);
		const score = load<f32>(poolScores + 4 * i);
		let apart = true;
		for (let j: u32 = 0; j < kept && apart; j++) {
			apart = scorePair(row, load<u32>(poolRows + 4 * j)) <= score;
		}
		if (!apart) continue;
		store<u32>(poolRows + 4 * kept, row);
		store<f32>(poolScores + 4 * kept, score);
		kept++;
	}
	return kept;
}

/**
 * Adds a link from `row` to `newcomer`; where there is no room, chooses among all its links anew.
 * Answers whether the newcomer is among them.
 */
function linkBack(row: u32, newcomer: u32, wanted: u32): bool {
	const at = rowAt(row);
	const links = load<u32>(at + LINK_COUNT);
	if (links < maxLinks) {
		store<u32>(at + LINKS + 4 * links, newcomer);
		atomic.store<u32>(at + LINK_COUNT, links + 1);
		return true;
	}
	prepareRow(row);
	poolSize = 0;
	scoreAll(at + LINKS, scores, links);
	for (let i: u32 = 0; i < links; i++) {
		offer(load<u32>(at + LINKS + 4 * i), load<f32>(scores + 4 * i), links + 1);
	}
	offer(newcomer, scoreRow(newcomer), links + 1);
	const kept = choose(poolSize, wanted);
	memory.copy(at + LINKS, poolRows, 4 * kept);
	atomic.store<u32>(at + LINK_COUNT, kept);
	for (let i: u32 = 0; i < kept; i++) {
		if (load<u32>(poolRows + 4 * i) === newcomer) return true;
	}
	return false;
}
