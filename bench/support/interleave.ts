import type { Slice } from './slice';
import { percentile } from './timing';

/** Each variant's turns, one per round. */
export type Turns<Name extends string> = Record<Name, Slice[]>;

/**
 * Runs the variants in turn, round after round and every other round backwards, so that whatever else
 * the machine does hits all of them alike.
 *
 * @param secondsEach of one turn
 */
export async function interleave<Name extends string>(
	variants: Record<Name, (seconds: number) => Promise<Slice>>,
	rounds: number,
	secondsEach: number,
	say: (name: Name, round: number) => void,
): Promise<Turns<Name>> {
	const names = Object.keys(variants) as Name[];
	const turns = Object.fromEntries(names.map((name) => [name, [] as Slice[]])) as Turns<Name>;
	for (let round = 0; round < rounds; round++) {
		for (const name of round % 2 === 0 ? names : names.toReversed()) {
			say(name, round);
			turns[name].push(await variants[name](secondsEach));
		}
	}
	return turns;
}

/** Images per second: median over the rounds. */
export function rate(slices: readonly Slice[]): number {
	return percentile(slices.map(speed), 0.5);
}

/** How many times as fast as `other`: median of the rounds' ratios. */
export function ratio(slices: readonly Slice[], other: readonly Slice[]): number {
	return percentile(
		slices.map((slice, round) => speed(slice) / speed(other[round]!)),
		0.5,
	);
}

function speed({ images, seconds }: Slice): number {
	return images / seconds;
}
