import type { Material, Questions, Vocabulary } from './questions';

const LONG = 10_000;

/** Orders other than by relevance, and questions that have no answer. */
export function askOrders(material: Material, ask: Questions, words: Vocabulary): void {
	const { world, random } = material;
	ask.make(4, () => {
		const { term } = words.common(5);
		const sort = random.pick(['newest', 'oldest'] as const);
		return ask.ask('by date', term.text, { relevant: term.holds, sort });
	});
	ask.make(2, () => {
		const person = random.pick(world.people);
		const sort = random.pick(['newest', 'oldest'] as const);
		const { holds } = words.person(person);
		return (
			material.photos.some(holds) &&
			ask.ask('by date', `person:"${person.full}"`, { relevant: holds, sort })
		);
	});
}

export function askForNothing({ world, random }: Material, ask: Questions): void {
	const nothing = { relevant: () => false, absent: () => true };
	const [first, second, third, ...rest] = world.nowhere;
	ask.ask('nothing', first!, nothing);
	ask.ask('nothing', `a ${second} on a ${third}`, nothing);
	ask.ask('nothing', `"${rest[0]} ${rest[1]}"`, nothing);
	ask.ask('nothing', `tag:${rest[2]}`, nothing);
	ask.ask('nothing', `year:${world.firstYear - 30}`, nothing);
	ask.ask('nothing', `after:${world.firstYear + 2} before:${world.firstYear + 1}`, nothing);
	ask.ask('nothing', `${rest[3]} person:"${random.pick(world.people).full}"`, nothing);
}

/** What programs, cats and attackers type. Where a word can be made out, it is meant. */
export function askHostile(material: Material, ask: Questions, words: Vocabulary): void {
	const around: ((word: string) => string)[] = [
		(word) => `"${word}`,
		(word) => `${word}"`,
		(word) => `${word}*`,
		(word) => `(${word})`,
		(word) => `.*${word}.*`,
		(word) => `\u0000${word}\u0007\u001b`,
		(word) => `   ${word}\t\n`,
		(word) => `\u202e${word}\u202c`,
		(word) => `${word}\\`,
	];
	for (const written of around) {
		const { term } = words.common();
		ask.ask('hostile', written(term.text), { relevant: term.holds });
	}
	const { term } = words.common(5);
	// Whatever else they find, they find nothing that does not have the word.
	const others = { absent: (photo: (typeof material.photos)[number]) => !term.holds(photo) };
	for (const q of [
		`${term.text}' OR '1'='1`,
		`${term.text}"; DROP TABLE photos; --`,
		`${term.text}) UNION SELECT * FROM photos --`,
	]) {
		ask.ask('hostile', q, others);
	}
	for (const q of [
		...['"', '""', '-', '-""', '*', 'AND', 'NOT', 'person:', 'near:', 'near:1,2,3,4', '^2'],
		...['before:yesterday', 'NEAR(a b, 5)', 'title:', ': : :', '🐚', '\u0000', '(((((', '%', '\\'],
		...['x'.repeat(LONG), '"a" '.repeat(LONG / 4), 'like:nobody', '\ud800', 'year:99999'],
		...[`${term.text} 🐚`, `🐚🐚 ${term.text}!!!`],
	]) {
		ask.ask('hostile', q, {});
	}
}
