import type { Moment } from './photo';
import type { Random } from './random';
import { YEARS, type World } from './world';

/** Share of the moments that go on past the end of a year, and past the end of a month. */
const YEAR_ENDS = 0.1;
const MONTH_ENDS = 0.1;
const LAST_DAYS = ['01-31', '02-28', '04-30', '06-30', '08-31', '11-30'];
const PHOTOS: [least: number, most: number] = [6, 8];
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A moment with times for its photos; `number` counts moments, so that every place has some. */
export function makeMoment(world: World, random: Random, number: number): Moment {
	const year = world.firstYear + random.below(YEARS);
	const count = random.between(...PHOTOS);
	const { occasion, times } = when(world, random, year, count);
	return {
		occasion,
		times,
		place: world.places[number % world.places.length]!,
		people: random.sample(world.people, random.between(2, 5)),
		things: random.sample([...world.things, ...world.wordsThatAreNames], random.between(3, 5)),
		scene: random.pick(world.scenes),
	};
}

function when(
	world: World,
	random: Random,
	year: number,
	count: number,
): Pick<Moment, 'occasion' | 'times'> {
	const chance = random.next();
	if (chance < YEAR_ENDS) {
		return { occasion: world.newYear, times: aroundMidnight(`${year}-12-31`, count) };
	}
	if (chance < YEAR_ENDS + MONTH_ENDS) {
		const occasion = random.pick(world.occasions.filter(({ days }) => !days));
		return { occasion, times: aroundMidnight(`${year}-${random.pick(LAST_DAYS)}`, count) };
	}
	const occasion = random.pick(world.occasions);
	const anyDay = `${two(random.between(1, 12))}-${two(random.between(1, 28))}`;
	const day = occasion.days ? random.pick(occasion.days) : anyDay;
	return { occasion, times: throughADay(`${year}-${day}`, count, random) };
}

/** The last and the first moment of a day are among them. */
function aroundMidnight(day: string, count: number): string[] {
	const midnight = Date.parse(`${day}T00:00:00Z`) + DAY_MS;
	const seconds = [-1, 0, -0.001, -90, 1, -3600, 600, -7200];
	return seconds.slice(0, count).map((second) => wall(midnight + second * SECOND_MS));
}

function throughADay(day: string, count: number, random: Random): string[] {
	const start = Date.parse(`${day}T00:00:00Z`) + random.between(8 * 60, 15 * 60) * MINUTE_MS;
	return Array.from({ length: count }, (_, i) =>
		wall(start + (i * 35 + random.below(30)) * MINUTE_MS),
	);
}

/** ISO 8601 without a zone; milliseconds only where there are some. */
function wall(time: number): string {
	return new Date(time).toISOString().replace('Z', '').replace('.000', '');
}

function two(value: number): string {
	return String(value).padStart(2, '0');
}
