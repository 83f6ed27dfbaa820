import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import {
	addEngineOptions,
	addOllamaOption,
	addS3Options,
	clientOf,
	ollamaOf,
	s3Of,
	type ConnectionOptions,
} from './connections';

interface Options extends ConnectionOptions {
	index: string;
	limit: number;
	image?: string;
	like?: string;
	json?: boolean;
}

export function searchCommand(): Command {
	const command = new Command('search')
		.description('find photos by words, by a picture, or like another photo')
		.argument('[words...]', 'what to look for')
		.option('--index <name>', 'index to search', 'photos')
		.option('--limit <n>', 'results', count, 10)
		.option('--image <file>', 'a picture to find more of')
		.option('--like <id>', 'an indexed photo to find more of')
		.option('--json', 'print the whole answer');
	return addOllamaOption(addS3Options(addEngineOptions(command))).action(run);
}

async function run(words: string[], options: Options): Promise<void> {
	const answer = await clientOf(options).search(options.index, {
		text: words.join(' ') || undefined,
		image: options.image && (await readFile(options.image)).toString('base64'),
		like: options.like,
		limit: options.limit,
		s3: s3Of(options),
		ollama: ollamaOf(options),
	});
	if (options.json) {
		console.log(JSON.stringify(answer, null, 2));
		return;
	}
	for (const [i, { similarity, id, title, channels }] of answer.results.entries()) {
		console.log(
			`${String(i + 1).padStart(3)}  ${similarity.toFixed(2)}  ${id}  ${title ?? ''}  (${channels.join(', ')})`,
		);
	}
	if (answer.results.length === 0) console.log('Nothing found.');
	for (const hint of answer.hints) console.error(`note: ${hint}`);
}

function count(text: string): number {
	const value = Number(text);
	if (!Number.isInteger(value) || value < 1)
		throw new InvalidArgumentError('It takes a whole number from 1.');
	return value;
}
