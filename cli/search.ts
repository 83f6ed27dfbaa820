import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Sort } from '../engine/client';
import {
	addEngineOptions,
	addOllamaOption,
	addS3Options,
	clientOf,
	ollamaOf,
	s3Of,
	type ConnectionOptions,
} from './connections';
import { facetLines, noteLines, planLines, resultLines, summary } from './search-report';

interface Options extends ConnectionOptions {
	index: string;
	limit: number;
	image?: string[];
	like?: string[];
	without?: string[];
	minRelevance?: number;
	onlyRelevant?: boolean;
	sort?: Sort;
	facets?: boolean;
	fold: boolean;
	cursor?: string;
	explain?: boolean;
	json?: boolean;
}

const EXAMPLES = `
Examples:
  search beach at sunset -people
  search 'Pat, Jack and a red car after:2023'
  search '"new year" person:"Pat Miller" near:48.2,16.4,5km' --sort newest
  search --image cat.jpg but at night
  search year:2024 type:heic --facets

Quote the whole query where the shell would read its quote marks, * or ( itself.
Written down in docs/query-language.md.`;

export function searchCommand(): Command {
	const command = new Command('search')
		.description('find photos by words, by pictures, or like other photos')
		.argument('[query...]', 'what to look for, in words or in the query language')
		// A minus stands before what must not be there: `search beach -people`.
		.allowUnknownOption()
		.option('--index <name>', 'index to search', 'photos')
		.option('--limit <n>', 'results', count, 10)
		.option('--image <file>', 'a picture to find more of; repeatable', append)
		.option('--like <id>', 'an indexed photo to find more of; repeatable', append)
		.option('--without <words>', 'what must not be there; repeatable', append)
		.option('--min-relevance <0..1>', 'leave out what is less relevant', share)
		.option('--only-relevant', 'leave out what is more likely irrelevant than not')
		.addOption(
			new Option('--sort <order>', 'dates sort the relevant ones').choices([
				...(['relevance', 'newest', 'oldest'] satisfies Sort[]),
			]),
		)
		.option('--facets', 'count people, tags and years of the relevant photos')
		.option('--no-fold', 'show near-duplicates one by one')
		.option('--cursor <cursor>', 'the next page, as the page before named it')
		.option('--explain', 'say how the query was understood, and how long each step took')
		.option('--json', 'print the whole answer')
		.addHelpText('after', EXAMPLES);
	return addOllamaOption(addS3Options(addEngineOptions(command))).action(run);
}

async function run(words: string[], options: Options): Promise<void> {
	const images = options.image && (await Promise.all(options.image.map((file) => readFile(file))));
	const answer = await clientOf(options).search(options.index, {
		text: queryOf(words) || undefined,
		without: options.without,
		image: images?.map((bytes) => bytes.toString('base64')),
		like: options.like,
		limit: options.limit,
		cursor: options.cursor,
		min_relevance: options.minRelevance,
		only_relevant: options.onlyRelevant,
		sort: options.sort,
		facets: options.facets,
		fold_duplicates: options.fold,
		// Notes point into the query as the engine read it, which the explanation has.
		explain: options.explain === true || options.json !== true,
		s3: s3Of(options),
		ollama: ollamaOf(options),
	});
	if (options.json) {
		console.log(JSON.stringify(answer, null, 2));
		return;
	}
	for (const line of resultLines(answer)) console.log(line);
	console.log(summary(answer));
	for (const line of facetLines(answer)) console.log(line);
	if (options.explain) for (const line of planLines(answer)) console.log(line);
	for (const line of noteLines(answer)) console.error(line);
	for (const hint of answer.hints) console.error(`note: ${hint}`);
	if (answer.next_cursor) console.error(`more: --cursor ${answer.next_cursor}`);
}

/** The words as one query. One minus negates; two are an option that there is none of. */
function queryOf(words: string[]): string {
	const unknown = words.find((word) => /^--[a-z]/i.test(word));
	if (unknown !== undefined) {
		throw new InvalidArgumentError(`There is no option ${unknown}. See search --help.`);
	}
	return words.join(' ');
}

function append(value: string, before: string[] = []): string[] {
	return [...before, value];
}

function share(text: string): number {
	const value = Number(text);
	if (text.trim() === '' || !(value >= 0 && value <= 1)) {
		throw new InvalidArgumentError('It takes a number from 0 to 1.');
	}
	return value;
}

function count(text: string): number {
	const value = Number(text);
	if (!Number.isInteger(value) || value < 1)
		throw new InvalidArgumentError('It takes a whole number from 1.');
	return value;
}
