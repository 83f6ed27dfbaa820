import type { PhotoFacts } from '../../service/contract';
import { fileNameOf, fileNameParts } from '../../words/file-name';
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

/** The row of full text of a photo. */
export function indexedWords(
	photo: Words & { id: string; s3_path?: string | null | undefined },
): IndexedWords {
	return [
		indexedText([photo.title ?? '']),
		indexedText([photo.description ?? '']),
		indexedText(photo.tags ?? []),
		indexedText(photo.people ?? []),
		indexedText([
			fileNameParts(fileNameOf(photo)?.path ?? '')
				.map(({ text }) => text)
				.join(' '),
		]),
	];
}

const clean = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();

const list = (words: string[] | null | undefined) =>
	(words ?? [])
		.map(clean)
		.filter((word) => word !== '')
		.join(', ');
