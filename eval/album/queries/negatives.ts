import { plain } from '../tokens';
import type { Photo } from '../photo';
import { not, type Material, type Questions, type Term, type Vocabulary } from './questions';

/** What must not be there, with something that must be, and alone. */
export function askNegatives(material: Material, ask: Questions, words: Vocabulary): void {
	const { world, photos, random } = material;
	const ways: ((wanted: string, other: string, others: string) => string)[] = [
		(wanted, other) => `${wanted} -${other}`,
		(wanted, _, others) => `${wanted} without ${others}`,
		(wanted, other) => `${wanted} NOT ${other}`,
		(wanted, other) => `-${other} ${wanted}`,
	];
	const without = (wanted: Term, unwanted: Term) => ({
		relevant: (photo: Photo) => wanted.holds(photo) && !unwanted.holds(photo),
		absent: unwanted.holds,
	});

	ask.make(8, () => {
		const wanted = words.common(4);
		const { concept, noun, term } = words.common(4);
		// Some have both, or it would be no question.
		const both = photos.filter((photo) => wanted.term.holds(photo) && term.holds(photo));
		const isOneWord = !noun.singular.includes(' ') && !wanted.noun.singular.includes(' ');
		if (wanted.concept === concept || both.length === 0 || !isOneWord) return false;
		const q = random.pick(ways)(wanted.term.text, noun.singular, noun.plural);
		return ask.ask('negative', q, without(wanted.term, term));
	});
	ask.make(3, () => {
		const wanted = words.common(4).term;
		const person = random.pick(world.people);
		const unwanted = words.person(person);
		const named = words.word(person.first).holds;
		if (!photos.some((photo) => wanted.holds(photo) && unwanted.holds(photo))) return false;
		// Without a label nobody can tell which Rose a text means.
		const isDoubtful = (photo: Photo) =>
			wanted.holds(photo) && named(photo) && !unwanted.holds(photo);
		if (photos.some(isDoubtful)) return false;
		return ask.ask(
			'negative',
			`${wanted.text} -person:"${person.full}"`,
			without(wanted, unwanted),
		);
	});
	ask.make(3, () => {
		const wanted = words.common(4).term;
		const shows = (photo: Photo) =>
			photo.record.people.length > 0 || world.people.some(({ id }) => photo.stated.has(id));
		const isDoubtful = (photo: Photo) =>
			wanted.holds(photo) &&
			photo.record.people.length === 0 &&
			(shows(photo) || [...world.human].some((id) => photo.stated.has(id)));
		if (photos.some(isDoubtful) || !photos.some((photo) => wanted.holds(photo) && !shows(photo))) {
			return false;
		}
		const q = random.pick([`${wanted.text} -people`, `${wanted.text} without people`]);
		return ask.ask('negative', q, without(wanted, { text: 'people', holds: shows }));
	});
	ask.make(3, () => {
		const wanted = words.common(3).term;
		const tag = random.pick(photos.flatMap(({ tags }) => [...tags.keys()]));
		const unwanted = { text: tag, holds: hasTag(tag) };
		if (!photos.some((photo) => wanted.holds(photo) && unwanted.holds(photo))) return false;
		return ask.ask('negative', `${wanted.text} -tag:${quoted(tag)}`, without(wanted, unwanted));
	});

	ask.make(3, () => {
		const { noun, term } = words.common(4);
		if (noun.singular.includes(' ')) return false;
		const q = random.pick([`-${noun.singular}`, `NOT ${noun.singular}`]);
		return ask.ask('only negatives', q, { relevant: not(term.holds), absent: term.holds });
	});
	const tag = random.pick(photos.flatMap(({ tags }) => [...tags.keys()]));
	const person = random.pick(world.people.filter(({ firstIsUnique }) => firstIsUnique));
	ask.ask('only negatives', `-tag:${quoted(tag)}`, {
		relevant: not(hasTag(tag)),
		absent: hasTag(tag),
	});
	ask.ask('only negatives', `-person:"${person.full}"`, {
		relevant: not(words.person(person).holds),
		absent: words.person(person).holds,
	});
}

/** Tags compare without case and accents. */
export function hasTag(tag: string): (photo: Photo) => boolean {
	return ({ record }) => record.tags.some((other) => plain(other) === plain(tag));
}

export function quoted(name: string): string {
	return /^[\p{L}\p{M}\p{N}]+$/u.test(name) ? name : `"${name}"`;
}
