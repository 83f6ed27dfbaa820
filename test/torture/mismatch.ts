import type { Dump, Write } from './calls';
import { textOf } from './generations';
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

/** Stands for all generations among the ids; no photo is called so. */
const GENERATIONS = '(generations)';

/**
 * How many of `writes` had happened, on top of `model`, when this was dumped: all the photos, and
 * every one of them whole, must say the same number.
 *
 * @param atLeast so many are known to have happened
 * @throws Mismatch
 */
export function prefixOf(dump: Dump, model: Model, writes: readonly Write[], atLeast = 0): number {
	const stored = new Map(dump.photos.map((photo) => [photo.id, asText(photo)]));
	const twice = dump.photos.length - stored.size;
	stored.set(GENERATIONS, textOf(dump.generations));
	const now = new Model(model);
	for (const write of writes.slice(0, atLeast)) now.apply(write);
	const settled = new Model(now);
	const differing = new Set<string>();
	const look = (id: string) => {
		if (stored.get(id) === stateOf(now, id)) differing.delete(id);
		else differing.add(id);
	};
	for (const id of stored.keys()) look(id);
	for (const id of now.photos.keys()) look(id);
	for (let happened = atLeast; twice === 0; happened++) {
		if (differing.size === 0) return happened;
		const write = writes[happened];
		if (!write) break;
		for (const id of now.applied(write)) look(id);
		look(GENERATIONS);
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
		if (id !== GENERATIONS) damage[harmOf(is, may)]++;
		examples.push(`${id}\n  is ${is}\n  may be ${[...may].slice(-3).join('\n         ')}`);
	}
	// Every photo by itself is possible, but not all of them together.
	if (Object.values(damage).every((n) => n === 0)) damage.torn = 1;
	return new Mismatch('What is stored is not what was acknowledged', damage, examples);
}

function harmOf(is: string | undefined, may: Set<string | undefined>): keyof Damage {
	if (is === undefined) return 'lost';
	return may.size === 1 && may.has(undefined) ? 'resurrected' : 'half';
}

/** Every state that a photo may have had since. */
function statesOf(settled: Model, later: readonly Write[]): Map<string, Set<string | undefined>> {
	const model = new Model(settled);
	const states = new Map<string, Set<string | undefined>>();
	const note = (id: string) => {
		// Before this write, one that is new was not there.
		const known = states.get(id) ?? new Set([undefined]);
		states.set(id, known.add(stateOf(model, id)));
	};
	for (const id of [GENERATIONS, ...model.photos.keys()]) {
		states.set(id, new Set([stateOf(model, id)]));
	}
	for (const write of later) [GENERATIONS, ...model.applied(write)].forEach(note);
	return states;
}

function stateOf(model: Model, id: string): string | undefined {
	if (id === GENERATIONS) return model.generations.asText();
	const state = model.photos.get(id);
	return state && expected(id, state);
}
