/**
 * English words in their other forms. A form that is no word costs little, since only those that
 * stand in the index are searched: "hors" of "horses" is nowhere. Forms that are words of their own,
 * as "news" of "new", are listed.
 */

const IRREGULAR_NOUNS = pairs(
	'child children, man men, woman women, person people, foot feet, tooth teeth, goose geese, mouse mice, louse lice, ' +
		'ox oxen, leaf leaves, knife knives, wife wives, life lives, wolf wolves, shelf shelves, half halves, ' +
		'calf calves, loaf loaves, thief thieves, scarf scarves, hoof hooves, elf elves, cactus cacti, fungus fungi, ' +
		'grandchild grandchildren, stepchild stepchildren, policeman policemen, policewoman policewomen, ' +
		'fireman firemen, fisherman fishermen, snowman snowmen, die dice, bacterium bacteria, aquarium aquaria',
);

/**
 * Verbs for what people and animals are seen doing, with past and participle if those are irregular;
 * none whose forms are things, as of "build", "leave" or "wave".
 */
const VERBS =
	'swim swam swum, run ran, ski, hike, walk, ride rode ridden, climb, dance, sing sang sung, eat ate eaten, ' +
	'drink drank drunk, cook, bake, surf, sail, camp, jump, sit sat, stand stood, sleep slept, hug, kiss, laugh, ' +
	'smile, cry, play, skate, cycle, jog, juggle, wear wore worn, hold held, blow blew blown, throw threw thrown, ' +
	'catch caught, kick, read, write wrote written, sew sewn, knit, hunt, paddle, float, splash, bathe, wash, clean, ' +
	'drive drove driven, travel, carry, push, pull, crawl, kneel knelt, clap, cheer, celebrate, graduate, marry, ' +
	'barbecue, picnic, chop, slice, pour, decorate, unwrap, wrap, stretch, skip, hop, slide slid, swing swung, sled, ' +
	'snowboard, skateboard, kayak, canoe, snorkel, wrestle, golf, gallop, graze, hide hid hidden, chase, feed fed, ' +
	'pose, stroll, whisper, shout, listen, teach taught, study, pray, sunbathe, relax, yawn, sneeze, trek, wander, ' +
	'dig dug, harvest, visit, arrive, embrace, cuddle, snow, melt, shine shone, bloom';

/** Of each two, one looks like a form of the other. */
const STRANGERS = pairs(
	'new news, len lens, jean jeans, good goods, mean means, short shorts, brief briefs, high highs, custom customs, ' +
		'mar mars, glas glass, pas pass, bos boss, long longs, wood woods, thank thanks, wale wales, trunk trunks',
);

/** In the singular though they end in s. */
const SINGULARS = new Set(
	(
		'news lens series species christmas texas james thomas charles hans lars jens niels chris agnes athens wales ' +
		'mars perhaps always canvas atlas pancreas bass gas cosmos'
	).split(' '),
);

/**
 * A folded word and its other forms: singular, plural, and those of a verb that is seen in photos.
 * Words of other alphabets, and those of fewer than three letters, have none.
 */
export function inflectionsOf(word: string): string[] {
	if (!/^[a-z]{3,}$/.test(word)) return [word];
	const forms = new Set([word]);
	const singulars = singularsOf(word);
	for (const noun of singulars.length > 0 ? singulars : [word]) {
		forms.add(noun);
		forms.add(pluralOf(noun));
		if (noun.endsWith('o')) forms.add(`${noun}s`);
	}
	for (const form of verbForms().get(word) ?? []) forms.add(form);
	const stranger = STRANGERS.other(word);
	if (stranger !== undefined) forms.delete(stranger);
	return [...forms];
}

/** The words that this may be the plural of; none if it is no plural. */
export function singularsOf(word: string): string[] {
	const irregular = IRREGULAR_NOUNS.firstOf(word);
	if (irregular !== undefined) return [irregular];
	if (SINGULARS.has(word) || !/^[a-z]{3,}s$/.test(word) || /(?:ss|us|is)$/.test(word)) return [];
	const singulars = [word.slice(0, -1)];
	if (/[^aeiou]ies$/.test(word) && word.length > 4) singulars.push(`${word.slice(0, -3)}y`);
	// Not of "toes": no word of two letters has a plural.
	if (/(?:s|x|z|ch|sh|o)es$/.test(word) && word.length > 4) singulars.push(word.slice(0, -2));
	return singulars;
}

/** What more than one of it is called. */
export function pluralOf(word: string): string {
	const irregular = IRREGULAR_NOUNS.secondOf(word);
	if (irregular !== undefined) return irregular;
	if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
	return /(?:s|x|z|ch|sh|[^aeiou]o)$/.test(word) ? `${word}es` : `${word}s`;
}

let verbs: Map<string, string[]> | undefined;

/** All forms of a verb, by each of them. */
function verbForms(): Map<string, string[]> {
	if (verbs) return verbs;
	verbs = new Map();
	for (const entry of VERBS.split(', ')) {
		const [base, ...irregular] = entry.split(' ') as [string, ...string[]];
		const past = irregular.length > 0 ? irregular : suffixed(base, 'ed');
		const forms = [base, pluralOf(base), ...past, ...suffixed(base, 'ing')];
		for (const form of forms) verbs.set(form, [...(verbs.get(form) ?? []), ...forms]);
	}
	return verbs;
}

/** British English doubles the l of "traveling". */
function suffixed(base: string, suffix: 'ed' | 'ing'): string[] {
	if (base.endsWith('c')) return [`${base}k${suffix}`];
	if (suffix === 'ed' && base.endsWith('e')) return [`${base}d`];
	if (suffix === 'ed' && /[^aeiou]y$/.test(base)) return [`${base.slice(0, -1)}ied`];
	if (/[^aeiou]e$|ue$/.test(base)) return [`${base.slice(0, -1)}${suffix}`];
	if (/^(?:un|[^aeiou]*)[^aeiou]*[aeiou][bdgmnpt]$/.test(base))
		return [`${base}${base.at(-1)}${suffix}`];
	return /[^aeiou]el$/.test(base)
		? [`${base}${suffix}`, `${base}l${suffix}`]
		: [`${base}${suffix}`];
}

function pairs(text: string) {
	const seconds = new Map(text.split(', ').map((pair) => pair.split(' ') as [string, string]));
	const firsts = new Map([...seconds].map(([first, second]) => [second, first]));
	return {
		firstOf: (second: string) => firsts.get(second),
		secondOf: (first: string) => seconds.get(first),
		other: (one: string) => seconds.get(one) ?? firsts.get(one),
	};
}
