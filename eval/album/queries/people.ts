import type { Person } from '../world';
import { everyOne, type Material, type Questions, type Term, type Vocabulary } from './questions';

/** Names, and names beside other things. */
export function askPeople(material: Material, ask: Questions, words: Vocabulary): void {
	const { world, photos, random } = material;
	const isNoun = new Set(world.wordsThatAreNames.map(({ id }) => id.toLowerCase()));
	const shared = world.people.filter(({ firstIsUnique }) => !firstIsUnique);
	const asNoun = world.people.filter(({ first }) => isNoun.has(first.toLowerCase()));
	const others = world.people.filter((one) => !shared.includes(one) && !asNoun.includes(one));

	for (const person of random.sample(others, 6)) {
		const term = words.word(person.first);
		ask.ask('name', random.pick([person.first, person.first.toLowerCase()]), {
			relevant: term.holds,
		});
	}
	for (const person of shared) {
		const term = words.person(person);
		const namesake = ({ labelled }: Material['photos'][number]) =>
			shared.some(({ id, first }) => first === person.first && labelled.has(id));
		ask.ask('shared name', person.first, { relevant: words.word(person.first).holds });
		ask.ask('shared name', `person:"${person.full}"`, {
			relevant: term.holds,
			absent: namesake,
		});
		ask.ask('shared name', person.full, { relevant: term.holds });
	}
	for (const person of asNoun) {
		ask.ask('name that is a word', person.first, { relevant: words.word(person.first).holds });
		ask.ask('name that is a word', `person:${person.first}`, {
			relevant: words.person(person).holds,
			// A rose is not Rose; a text that speaks of Rose may well mean her.
			absent: ({ stated }) => !stated.has(person.id) && names(material, person, stated),
		});
	}

	ask.make(10, () => {
		const photo = random.pick(photos);
		const terms = random.sample(
			[...words.peopleIn(photo), ...words.thingsIn(photo)],
			random.between(2, 3),
		);
		return terms.length > 1 && ask.ask('multi-term', joined(terms, material), answer(terms));
	});
	ask.make(8, () => {
		const photo = random.pick(photos);
		const terms = [words.peopleIn(photo)[0], words.thingsIn(photo)[0]];
		if (!isWhole(terms)) return false;
		return ask.ask('person and object', joined(terms, material), answer(terms));
	});
	ask.make(2, () => {
		const photo = random.pick(photos);
		const person = world.people.find(({ id }) => photo.labelled.has(id));
		const terms = [person && words.person(person), words.thingsIn(photo)[0]];
		if (!isWhole(terms)) return false;
		return ask.ask('person and object', joined(terms, material), answer(terms));
	});
	ask.make(2, () => {
		const photo = random.pick(photos);
		const [person, thing] = [words.peopleIn(photo)[0], words.thingsIn(photo)[0]];
		if (!person || !thing) return false;
		return ask.ask('person and object', `${person.text}'s ${thing.text}`, answer([person, thing]));
	});
	ask.make(2, () => {
		const photo = random.pick(photos);
		const [first, second] = random.sample(words.thingsIn(photo), 2);
		if (!first || !second) return false;
		return ask.ask('multi-term', `${first.text}^2, ${second.text}`, answer([first, second]));
	});

	// Nobody is with somebody who is in no photo: the honest answer to such a question is nothing.
	for (const nobody of world.nobody) {
		const somebody = random.pick(world.people).first;
		ask.ask('unknown name', random.pick([`${somebody} and ${nobody}`, `${nobody}, ${somebody}`]), {
			relevant: () => false,
		});
	}
	ask.ask('unknown name', `person:${world.nobody[0]}`, {
		relevant: () => false,
		absent: () => true,
	});
	ask.ask('unknown name', world.nobody[1]!, { relevant: () => false });
}

function answer(terms: Term[]) {
	return { relevant: everyOne(terms) };
}

/** Pat, Jack, and a car; Pat & Jack; Pat with a dog. */
function joined(terms: Term[], { world, random }: Material): string {
	const texts = terms.map(({ text }) => {
		const isThing = world.things.some(({ nouns }) =>
			nouns.some(({ singular, plural }) => singular === text && plural !== text),
		);
		return isThing && random.chance(0.6) ? `a ${text}`.replace(/^a (?=[aeiou])/i, 'an ') : text;
	});
	const last = texts.pop()!;
	const separator = random.pick([' and ', ' & ', ', ', ', and ', ' with ']);
	return texts.join(', ') + separator + last;
}

function isWhole<T>(list: (T | undefined)[]): list is T[] {
	return list.every((one) => one !== undefined);
}

/** Whether a record says something that goes by this person's first name. */
function names({ lexicon }: Material, { first }: Person, stated: Set<string>): boolean {
	return [...lexicon.meanings(first)].some((id) => stated.has(id));
}
