import type { PhotoFacts } from '../../service/contract';
import { indexedText } from '../../words/fold';

type Words = { [K in 'title' | 'description' | 'tags' | 'people']?: PhotoFacts[K] | null };

/**
 * The words of a photo as the text model is to see them: readable prose, since text towers are
 * trained on it. Empty if the photo has no words.
 *
 * @example 'Summer party. Cake on a table. Tags: garden, cake. People: Pat, Jack.'
 */
export function searchableText(photo: Words): string {
	const sentences = [clean(photo.title), clean(photo.description)];
	const tags = list(photo.tags);
	const people = list(photo.people);
	if (tags) sentences.push(`Tags: ${tags}`);
	if (people) sentences.push(`People: ${people}`);
	return sentences
		.filter((sentence) => sentence !== '')
		.map((sentence) => (/[.!?…。！？]$/u.test(sentence) ? sentence : `${sentence}.`))
		.join(' ');
}

/** What full text finds a photo by: title, description, tags, people, file name, as tokens. */
export type IndexedWords = [string, string, string, string, string];

/** The row of full text of a photo. An id that is no path (a UUID, say) has no words worth finding. */
export function indexedWords(
	photo: Words & { id: string; s3_path?: string | null | undefined },
): IndexedWords {
	return [
		indexedText([photo.title ?? '']),
		indexedText([photo.description ?? '']),
		indexedText(photo.tags ?? []),
		indexedText(photo.people ?? []),
		indexedText([fileNameWords(fileNameOf(photo))]),
	];
}

/** The path or name of the file as far as anybody knows it; '' if nobody does. */
export function fileNameOf({
	id,
	s3_path,
}: {
	id: string;
	s3_path?: string | null | undefined;
}): string {
	return s3_path ?? (/\.[A-Za-z0-9]{1,5}$/.test(id) ? id : '');
}

/**
 * A file name as words: folders and extension dropped, split at separators, at a change from
 * letters to digits and at camel case. `IMG_2034_BeachSunset.jpg` → `IMG 2034 Beach Sunset`.
 */
export function fileNameWords(path: string): string {
	const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[A-Za-z0-9]{1,5}$/, '');
	return name
		.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
		.replace(/(\p{L})(\p{N})/gu, '$1 $2')
		.replace(/(\p{N})(\p{L})/gu, '$1 $2')
		.trim();
}

const clean = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();

const list = (words: string[] | null | undefined) =>
	(words ?? [])
		.map(clean)
		.filter((word) => word !== '')
		.join(', ');
