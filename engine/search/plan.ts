import type { PhotoFilter } from '../service/contract';
import type { VectorIndex, WordForm, Wording } from '../index/vector-index';
import { SYNONYM } from '../words/synonyms';
import { phraseWording, wordingsOf } from '../words/wordings';
import { meansPeople, Names } from './names';
import type { Probe } from './probe';
import type { QueryVectors } from './query-vectors';
import type { Query, Term } from './query/query';

/** What a query asks of the index. */
export interface Plan {
	/** All of them hold for every result. */
	filter: PhotoFilter[];
	/** What a result should have. */
	terms: Probe[];
	/** What it must not have. */
	without: Probe[];
	/** The terms as one text, where a model may see more in it than in each. */
	whole?: Probe | undefined;
	/** In words, for whoever wants to know. */
	steps: string[];
}

/** Turns what was said into what is asked of the channels. */
export class Planner {
	readonly #index: VectorIndex;
	readonly #vectors: QueryVectors;
	readonly #steps: string[] = [];

	constructor(index: VectorIndex, vectors: QueryVectors) {
		this.#index = index;
		this.#vectors = vectors;
	}

	/** @param filter the request's own */
	async plan(query: Query, filter: PhotoFilter | undefined): Promise<Plan> {
		const people = Names.of(await this.#index.labels('person'));
		const filters = [...(filter ? [filter] : []), query.filter].filter(
			(one) => Object.keys(one).length > 0,
		);
		for (const label of query.labels) filters.push(await this.#labelled(label, people));
		if (filters.length > 0) this.#steps.push(`Only photos that pass ${JSON.stringify(filters)}.`);
		const probesOf = (each: Term[]) =>
			Promise.all(each.map((term) => this.#probe(term, people, filters)));
		const [terms, unwanted] = await Promise.all([probesOf(query.terms), probesOf(query.without)]);
		const without = unwanted.map(strictly);
		const whole = await this.#whole(query.text, terms, people);
		for (const probe of terms) this.#steps.push(`${describe(probe)} should be there.`);
		for (const probe of without) this.#steps.push(`${describe(probe)} must not be there.`);
		return { filter: filters, terms: terms, without: without, whole, steps: this.#steps };
	}

	/** Of no use where a name or a date is among the terms: no model knows Pat, but people it does. */
	async #whole(text: string, terms: Probe[], people: Names): Promise<Probe | undefined> {
		const isUnseen = ({ certain }: Probe) => certain !== undefined && !certain.has_people;
		if (terms.length < 2 || terms.some(isUnseen)) return undefined;
		const words = await wordingsOf(text, this.#index, { names: people.words });
		return { term: text, weight: 1, vectors: await this.#vectors.ofText(text), words };
	}

	/** The people or tags that a field names, leniently. */
	async #labelled(
		{ field, name, not }: Query['labels'][number],
		people: Names,
	): Promise<PhotoFilter> {
		const labels = field === 'person' ? people : Names.of(await this.#index.labels('tag'));
		const names = labels.meantBy(name);
		if (names.length === 0) {
			const what = field === 'person' ? 'Nobody is named' : 'No photo has the tag';
			this.#vectors.hint(`${what} "${name}" in this index.`);
			names.push(name);
		} else if (!labels.has(name)) {
			const read = names.slice(0, 3).map((one) => `"${one}"`);
			this.#vectors.hint(
				`"${name}" was read as ${read.join(', ')}${names.length > 3 ? ' …' : ''}.`,
			);
		}
		if (field === 'person') return not ? { people_none: names } : { people_any: names };
		return not ? { tags_none: names } : { tags_any: names };
	}

	async #probe(
		{ text, kind, weight, dates }: Term,
		people: Names,
		filter: PhotoFilter[],
	): Promise<Probe> {
		const isName = people.has(text);
		// Whoever says Rose may mean roses, too; whoever says bird does not mean Robin.
		const names = isName ? new Set<string>() : people.words;
		const words =
			kind === 'words' ? await wordingsOf(text, this.#index, { names }) : phraseWording(text);
		const probe = { term: text, weight, words };
		if (dates) {
			return {
				...probe,
				vectors: {},
				certain: { taken_after: dates.from, taken_before: dates.to },
			};
		}
		if (isName) {
			const named = people.meantBy(text);
			const notAsName = words.map((word) => ({
				...word,
				forms: word.forms.map((form) => ({ ...form, notNames: true })),
			}));
			const elsewhere = await this.#index.searchKeywords(notAsName, 1, {
				match: 'all',
				filter: [...filter, { people_none: named }],
			});
			// No model knows Pat; a Rose may be a flower as well.
			const vectors = elsewhere.length > 0 ? await this.#vectors.ofText(text) : {};
			return { ...probe, vectors, certain: { people_any: named } };
		}
		this.#explainGuesses(words);
		const vectors = await this.#vectors.ofText(text);
		return { ...probe, vectors, certain: meansPeople(text) ? { has_people: true } : undefined };
	}

	#explainGuesses(words: Wording[]): void {
		for (const { word, forms } of words) {
			const guesses = forms.filter(({ closeness }) => closeness <= MISSPELT);
			if (guesses.length === 0) continue;
			const read = guesses.map(({ text }) => `"${text}"`).join(', ');
			this.#vectors.hint(`No photo has the word "${word}"; it was read as ${read}.`);
		}
	}
}

/**
 * What must not be there is what was said, or was meant by a slip: somebody who wants no cars may want
 * the tractor, a vehicle, and "-bea" is not the beach.
 */
function strictly(probe: Probe): Probe {
	const isMeant = ({ closeness }: WordForm) => closeness >= SYNONYM || closeness <= MISSPELT;
	const words = probe.words.map(({ word, forms }) => ({ word, forms: forms.filter(isMeant) }));
	return { ...probe, words };
}

/** Closeness of words that are taken for slips of others, since nobody wrote them. */
const MISSPELT = 0.5;

function describe({ term, vectors, words, certain }: Probe): string {
	const channels = [
		...(certain ? [`photos that pass ${JSON.stringify(certain)}`] : []),
		...(vectors.image ? ['pictures'] : []),
		...(vectors.text ? ['captions by meaning'] : []),
		...(words.length > 0 ? [`the words ${words.map(formsOf).join(' + ')}`] : []),
	];
	return `"${term}" (${channels.join('; ') || 'no channel can tell'})`;
}

const formsOf = ({ forms }: Probe['words'][number]) =>
	forms.map(({ text, prefix }) => (prefix ? `${text}…` : text)).join('|');
