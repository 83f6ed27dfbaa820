import type { Photo } from '../photo';
import {
	asked,
	not,
	type Holds,
	type Material,
	type Questions,
	type Vocabulary,
} from './questions';
import { hasTag, quoted } from './negatives';

const KM_PER_DEGREE = 111.195;
/** Neither within nor without: what lies on the line depends on how the earth is rounded. */
const DOUBTFUL_KM = 0.5;
/** Photos just outside of a period, which must not be found. */
const CLOSE = 12;
const MONTHS = [
	...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
	...['October', 'November', 'December'],
];

/** Places, paths, tags and people, alone and beside words. */
export function askFilters(material: Material, ask: Questions, words: Vocabulary): void {
	const { world, photos, random } = material;
	const only = (of: string, q: string, relevant: Holds) =>
		photos.some(relevant) && ask.ask(of, q, { relevant, absent: () => true });

	const near = () => {
		const { lat, lon } = random.pick(world.places);
		const at = [lat, lon].map((degrees) => Math.round(degrees * 100) / 100) as [number, number];
		const km = random.pick([3, 5, 10, 25]);
		const distances = photos.map((photo) => distance(at, photo));
		if (distances.some((value) => Math.abs(value - km) < DOUBTFUL_KM)) return undefined;
		return { q: `near:${at.join(',')},${km}km`, holds: (photo: Photo) => distance(at, photo) < km };
	};
	const [taveuni] = world.places;
	only(
		'near',
		`near:${taveuni!.lat},-179.995,30km`,
		(photo) => distance([taveuni!.lat, -179.995], photo) < 30,
	);
	ask.make(4, () => {
		const place = near();
		return place !== undefined && only('near', place.q, place.holds);
	});
	ask.make(2, () => {
		const place = near();
		const { term } = words.common();
		return (
			place !== undefined &&
			only('near', `${term.text} ${place.q}`, (photo) => place.holds(photo) && term.holds(photo))
		);
	});

	const inPath = (start: string) => (photo: Photo) => keyOf(photo).startsWith(start);
	const year = String(world.firstYear + 1);
	only('path', `path:${year}/`, inPath(`${year}/`));
	only('path', 'path:undated', inPath('undated/'));
	only('path', 'bucket:archive', ({ record }) => record.s3_path!.startsWith('s3://archive/'));
	for (const [type, endings] of [
		['png', ['.png']],
		['heic', ['.heic']],
		['jpg', ['.jpg', '.jpeg']],
	] as const) {
		only('path', `type:${type}`, (photo) =>
			endings.some((ending) => keyOf(photo).toLowerCase().endsWith(ending)),
		);
	}

	ask.make(5, () => {
		const tag = random.pick(photos.flatMap(({ tags }) => [...tags.keys()]));
		const typed = random.chance(0.3) ? tag.toUpperCase() : tag;
		return ask.ask('tag', `tag:${quoted(typed)}`, {
			relevant: hasTag(tag),
			absent: not(hasTag(tag)),
		});
	});

	ask.make(3, () => {
		const [a, b] = random.sample(world.people, 2);
		return only(
			'filters only',
			`person:"${a!.full}" person:"${b!.full}"`,
			({ labelled }) => labelled.has(a!.id) && labelled.has(b!.id),
		);
	});
	ask.make(3, () => {
		const person = random.pick(world.people);
		const y = String(world.firstYear + random.below(4));
		return only(
			'filters only',
			`person:"${person.full}" year:${y}`,
			({ labelled, record }) => labelled.has(person.id) && (record.taken_at ?? '').startsWith(y),
		);
	});
	ask.make(6, () => {
		const photo = random.pick(photos);
		const person = world.people.find(({ id }) => photo.labelled.has(id));
		const [thing] = words.thingsIn(photo);
		return (
			person !== undefined &&
			thing !== undefined &&
			only(
				'filter and words',
				`${thing.text} person:"${person.full}"`,
				(other) => other.labelled.has(person.id) && thing.holds(other),
			)
		);
	});
}

/** Words for days, and the first and last moments of years and months. */
export function askDates(material: Material, ask: Questions, words: Vocabulary): void {
	const { world, photos, random } = material;
	const within = (of: string, q: string, from: string, to: string, also: Holds = () => true) => {
		const relevant = (photo: Photo) => isTaken(photo, from, to) && also(photo);
		const outside = photos.filter((photo) => !isTaken(photo, from, to));
		const close = outside.sort((a, b) => gap(a, from, to) - gap(b, from, to)).slice(0, CLOSE);
		return (
			photos.some(relevant) &&
			ask.ask(of, q, { relevant, absent: (photo) => close.includes(photo) })
		);
	};
	const [first, second, third] = [0, 1, 2].map((i) => String(world.firstYear + i));
	within('dates', `before:${second}`, '0', `${second}`);
	within('dates', `after:${third}`, `${third}`, '9');
	for (const year of [first!, second!, third!]) {
		within('dates', `year:${year}`, year, String(Number(year) + 1));
		within('dates', `on:${year}-12-31`, `${year}-12-31`, String(Number(year) + 1));
		within('dates', `on:${year}-12`, `${year}-12`, String(Number(year) + 1));
	}
	within('dates', `after:${first} before:${second}`, first!, second!);
	// Where somebody was at the end of a month.
	const edges = photos.filter(({ record }) => /-\d\d-01T00:0/.test(record.taken_at ?? ''));
	ask.make(8, () => {
		const day = random.pick(edges).record.taken_at!.slice(0, 10);
		const month = day.slice(0, 7);
		return random.pick([
			() => within('dates', `before:${day}`, '0', day),
			() => within('dates', `after:${day} before:${next(day)}`, day, next(day)),
			() => within('dates', `on:${month}`, month, next(month)),
			() => within('dates', `after:${month} before:${next(month)}`, month, next(month)),
			() => within('dates', `on:${day}`, day, next(day)),
		])();
	});
	ask.make(5, () => {
		const { term } = words.common(4);
		const day = random.pick(photos).record.taken_at?.slice(0, 10);
		return (
			day !== undefined &&
			within('dates', `${term.text} after:${day.slice(0, 7)}`, day.slice(0, 7), '9', term.holds)
		);
	});

	// A date among words is a wish that the date be right.
	const wish = (q: string, from: string, to: string, also: Holds = () => true) => {
		const relevant = (photo: Photo) => isTaken(photo, from, to) && also(photo);
		return photos.some(relevant) && ask.ask('dates in words', q, { relevant });
	};
	wish(second!, second!, third!);
	ask.make(4, () => {
		const occasion = random.pick([...world.occasions, world.newYear]);
		const year = String(world.firstYear + random.below(4));
		const term = words.word(random.pick(asked(occasion.nouns)).singular);
		const isAcrossYears = occasion === world.newYear;
		return (
			!isAcrossYears && wish(`${term.text} ${year}`, year, String(Number(year) + 1), term.holds)
		);
	});
	ask.make(3, () => {
		const month = random.pick(photos).record.taken_at?.slice(0, 7);
		if (!month) return false;
		const name = MONTHS[Number(month.slice(5)) - 1]!;
		// May is somebody's name, too.
		return name !== 'May' && wish(`${name} ${month.slice(0, 4)}`, month, next(month));
	});
	ask.make(1, () => {
		const day = random.pick(edges).record.taken_at!.slice(0, 10);
		return wish(day, day, next(day));
	});
}

/** By the clock on the wall: dates without zones compare as texts. */
function isTaken({ record }: Photo, from: string, to: string): boolean {
	const wall = record.taken_at?.slice(0, '2024-12-31T23:59:59'.length);
	return wall !== undefined && wall >= from && wall < to;
}

/** Milliseconds from a period to a photo that is outside of it. */
function gap({ record }: Photo, from: string, to: string): number {
	if (record.taken_at === null) return Infinity;
	const taken = Date.parse(`${record.taken_at.slice(0, 19)}Z`);
	const [start, end] = [from, to].map((date) => Date.parse(`${date}Z`));
	return Math.min(...[start!, end!].map((edge) => Math.abs((edge || Infinity) - taken)));
}

/** The day after a day, or the month after a month. */
function next(date: string): string {
	const time = new Date(`${date.padEnd(10, '-01')}T00:00:00Z`);
	if (date.length === 7) time.setUTCMonth(time.getUTCMonth() + 1);
	else time.setUTCDate(time.getUTCDate() + 1);
	return time.toISOString().slice(0, date.length);
}

function keyOf({ record }: Photo): string {
	return record.s3_path!.replace(/^s3:\/\/[^/]*\//, '');
}

/** Kilometres along the surface (haversine); Infinity for photos that are nowhere. */
function distance([lat, lon]: [number, number], { record }: Photo): number {
	if (record.lat === null || record.lon === null) return Infinity;
	const rad = Math.PI / 180;
	const half = (degrees: number) => Math.sin((degrees * rad) / 2) ** 2;
	const h =
		half(record.lat - lat) +
		Math.cos(lat * rad) * Math.cos(record.lat * rad) * half(record.lon - lon);
	return (2 * Math.asin(Math.sqrt(h)) * KM_PER_DEGREE) / rad;
}
