import type { Dump, Write } from './calls';
import { asText, expected, Model } from './model';

/** How many photos are not as promised. */
export interface Damage {
	/** Acknowledged, and gone. */
	lost: number;
	/** Deleted, and there again. */
	resurrected: number;
	/** Neither as they were before a write nor as after it, or older than acknowledged. */
	half: number;
	/** Batches that happened in part, or before an earlier one. */
	torn: number;
	twice: number;
}

export const UNHARMED: Damage = { lost: 0, resurrected: 0, half: 0, torn: 0, twice: 0 };

const SHOWN = 5;

/** What is stored is not what any number of the calls would have left. */
export class Mismatch extends Error {
	constructor(
		what: string,
		readonly damage: Damage,
		examples: string[],
	) {
		super(`${what}: ${JSON.stringify(damage)}\n${examples.slice(0, SHOWN).join('\n')}`);
	}
}

/**
 * How many of `writes` had happened, on top of `model`, when this was dumped: all the photos, and
 * every one of them whole, must say the same number.
 *
 * @param atLeast so many are known to have happened
 * @throws Mismatch
 */
export function prefixOf(dump: Dump, model: Model, writes: readonly Write[], atLeast = 0): number {
	const stored = new Map(dump.photos.map((photo) => [photo.id, asText(photo)]));
	const now = new Model(model);
	for (const write of writes.slice(0, atLeast)) now.apply(write);
	const settled = new Model(now);
	const differing = new Set<string>();
	const look = (id: string) => {
		const state = now.photos.get(id);
		if (stored.get(id) === (state && expected(id, state))) differing.delete(id);
		else differing.add(id);
	};
	for (const id of stored.keys()) look(id);
	for (const id of now.photos.keys()) look(id);
	const twice = dump.photos.length - stored.size;
	for (let happened = atLeast; twice === 0; happened++) {
		if (differing.size === 0) return happened;
		const write = writes[happened];
		if (!write) break;
		now.apply(write);
		for (const id of Model.touched(write)) look(id);
	}
	throw mismatch(stored, twice, settled, writes.slice(atLeast));
}

function mismatch(
	stored: Map<string, string>,
	twice: number,
	settled: Model,
	later: readonly Write[],
): Mismatch {
	const possible = statesOf(settled, later);
	const damage = { ...UNHARMED, twice };
	const examples: string[] = [];
	for (const id of new Set([...stored.keys(), ...possible.keys()])) {
		const is = stored.get(id);
		const may = possible.get(id) ?? new Set([undefined]);
		if (may.has(is)) continue;
		if (is === undefined) damage.lost++;
		else if (may.size === 1 && may.has(undefined)) damage.resurrected++;
		else damage.half++;
		examples.push(`${id}\n  is ${is}\n  may be ${[...may].slice(-3).join('\n         ')}`);
	}
	// Every photo by itself is possible, but not all of them together.
	if (examples.length === 0 && twice === 0) damage.torn = 1;
	return new Mismatch('What is stored is not what was acknowledged', damage, examples);
}

/** Every state that a photo may have had since. */
function statesOf(settled: Model, later: readonly Write[]): Map<string, Set<string | undefined>> {
	const model = new Model(settled);
	const states = new Map<string, Set<string | undefined>>();
	const note = (id: string) => {
		const state = model.photos.get(id);
		const known = states.get(id) ?? new Set();
		states.set(id, known.add(state && expected(id, state)));
	};
	for (const id of model.photos.keys()) note(id);
	for (const write of later) {
		Model.touched(write).forEach(note);
		model.apply(write);
		Model.touched(write).forEach(note);
	}
	return states;
}
