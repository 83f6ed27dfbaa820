import { RELEVANT_FROM } from '../search/fusion';
import type { Channel, SearchResult } from '../service/contract';

/** What a channel's word for a photo means to people; keywords speak for themselves. */
const SAYS: Partial<Record<Channel, string>> = {
	visual: 'looks like it',
	text: 'its description means it',
};

/** Why a photo is among the results, in one line: `title: Christmas; Pat; looks like it`. */
export function whyInWords({
	why,
	channels,
	relevance,
}: Pick<SearchResult, 'why' | 'channels' | 'relevance'>): string {
	const words = why.words.map(({ field, words }) => `${field}: ${words.join(', ')}`);
	const shown = new Set(why.words.flatMap(({ field, words }) => (field === 'people' ? words : [])));
	const people = why.people.filter((name) => !name.split(/\s+/).some((word) => shown.has(word)));
	// Of an irrelevant photo the channels are only those that come nearest.
	const speaking = relevance >= RELEVANT_FROM ? channels : [];
	const says = speaking.flatMap((channel) => SAYS[channel] ?? []);
	return [...words, ...people, ...says].join('; ');
}
