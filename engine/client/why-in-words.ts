import { RELEVANT_FROM } from '../search/fusion';
import type { Channel, MatchedWords, SearchResult } from '../service/contract';

/** What a channel's word for a photo means to people; keywords speak for themselves. */
const SAYS: Partial<Record<Channel, string>> = {
	visual: 'looks like it',
	text: 'its description means it',
};

const CALLED: Partial<Record<MatchedWords['field'], string>> = {
	s3_path: 'file name',
	id: 'file name',
};

/** Why a photo is among the results, in one line: `title: Christmas; Pat; looks like it`. */
export function whyInWords({
	why,
	channels,
	relevance,
}: Pick<SearchResult, 'why' | 'channels' | 'relevance'>): string {
	const byField = new Map<string, Set<string>>();
	for (const { field, words } of why.words) {
		// Who is named comes as a whole name.
		if (field === 'people' && why.people.length > 0) continue;
		const name = CALLED[field] ?? field;
		const found = byField.get(name) ?? new Set();
		byField.set(name, found);
		for (const { text } of words) found.add(text);
	}
	const words = [...byField].map(([name, found]) => `${name}: ${[...found].join(', ')}`);
	// Of an irrelevant photo the channels are only those that come nearest.
	const speaking = relevance >= RELEVANT_FROM ? channels : [];
	return [...words, ...why.people, ...speaking.flatMap((channel) => SAYS[channel] ?? [])].join(
		'; ',
	);
}
