import { plain, tokens, transcribed } from '../tokens';
import { withArticle } from '../teller';
import { misspelt } from './misspell';
import { asked, everyOne, type Material, type Questions, type Vocabulary } from './questions';

/** One word, however it is written. */
export function askWords(material: Material, ask: Questions, words: Vocabulary): void {
	const { world, random } = material;

	ask.make(8, () => {
		const { term } = words.common();
		const typed = random.pick([term.text, term.text.toUpperCase(), `${term.text} `]);
		return ask.ask('keyword', typed, { relevant: term.holds });
	});

	ask.make(9, () => {
		const { noun, term } = words.common();
		return noun.plural !== noun.singular
			? ask.ask('plural', noun.plural, { relevant: term.holds })
			: false;
	});

	ask.make(10, () => {
		const { concept, noun, term } = words.common();
		// A record says it by another name at least once.
		const isOther = concept.nouns.length > 1;
		return isOther && ask.ask('synonym', noun.singular, { relevant: term.holds });
	});

	ask.make(10, () => {
		const { noun, term } = words.common(2);
		const word = random.chance(0.3) ? noun.plural : noun.singular;
		const wrong = misspelt(word, material);
		return wrong !== undefined && ask.ask('typo', wrong, { relevant: term.holds });
	});
	ask.make(3, () => {
		const { last } = random.pick(world.people);
		const wrong = misspelt(last, material);
		const relevant = world.people.filter((person) => person.last === last);
		return (
			wrong !== undefined &&
			ask.ask('typo', wrong, {
				relevant: ({ labelled }) => relevant.some(({ id }) => labelled.has(id)),
			})
		);
	});

	ask.make(6, () => {
		const photo = random.pick(material.photos);
		const [thing] = words.thingsIn(photo);
		const scene = world.scenes.find(({ id }) => photo.stated.has(id));
		if (!thing || !scene) return false;
		const where = words.word(random.pick(asked(scene.nouns)).singular);
		const what = random.chance(0.5) ? withArticle(thing.text) : `the ${thing.text}`;
		const q = `${what} ${random.pick(['at', 'by', 'near'])} the ${where.text}`;
		return ask.ask('description', q, { relevant: everyOne([thing, where]) });
	});
	ask.make(4, () => {
		const photo = random.pick(material.photos);
		const [thing] = words.thingsIn(photo);
		const { id, name } = photo.truth.place;
		if (!thing || !photo.stated.has(id)) return false;
		const q = `${random.pick(['', 'photos of '])}${withArticle(thing.text)} in ${name}`;
		return ask.ask('description', q, { relevant: everyOne([thing, words.word(name)]) });
	});

	for (const name of [
		...world.places.map((place) => place.name),
		...world.people.map(({ first }) => first),
	]) {
		const { holds } = words.word(name);
		const hasAccents = /\p{Script=Latin}/u.test(name) && name.toLowerCase() !== plain(name);
		if (!hasAccents || !material.photos.some(holds)) continue;
		for (const q of new Set(random.sample([name, plain(name), transcribed(name)], 2))) {
			ask.ask('accents', q, { relevant: holds });
		}
	}
	for (const word of world.germanWords) {
		const { holds } = words.word(word);
		for (const q of new Set(random.sample([word, plain(word), transcribed(word)], 2))) {
			ask.ask('accents', q, { relevant: holds });
		}
	}
	for (const { texts = [], name } of world.places) {
		if (texts.length === 0) continue;
		const inScript = [name, ...random.pick(texts).slice(1), ...random.pick(texts).slice(1)];
		for (const q of inScript) {
			const { holds } = words.word(q);
			if (material.photos.some(holds)) ask.ask('scripts', q, { relevant: holds });
		}
	}
}

/** Words that stand one after the other, and the photos that have all of them elsewhere. */
export function askPhrases(material: Material, ask: Questions): void {
	const { photos, random } = material;
	const sequences = photos.flatMap(({ record }) =>
		[record.title, record.description].flatMap((text) => {
			const all = tokens(plain(text ?? ''));
			return all.slice(1).map((word, i) => [all[i]!, word]);
		}),
	);
	const texts = photos.map(({ record }) =>
		[record.title ?? '', record.description ?? '', ...record.tags, ...record.people].map(
			(text) => ` ${tokens(plain(text)).join(' ')} `,
		),
	);
	const has = (i: number, words: string) => texts[i]!.some((text) => text.includes(` ${words} `));
	const place = new Map(photos.map((photo, i) => [photo, i]));
	const isTelling = (word: string) => material.lexicon.meanings(word).size > 0;

	ask.make(7, () => {
		const sequence = random.pick(sequences);
		const phrase = sequence.join(' ');
		const apart = photos.filter(
			(_, i) => !has(i, phrase) && sequence.every((word) => has(i, word)),
		);
		if (!sequence.some(isTelling) || !sequence.every((word) => word.length > 2)) return false;
		return (
			apart.length > 0 &&
			ask.ask('phrase', `"${phrase}"`, {
				relevant: (photo) => has(place.get(photo)!, phrase),
				absent: (photo) => apart.includes(photo),
			})
		);
	});
}
