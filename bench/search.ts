import { mkdirSync, rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cores, inferenceThreads } from '../engine/encode/runtime/threads';
import { scratchFolder } from '../test/harness/root';
import { step } from '../test/harness/step';
import { round } from './index/figures';
import { AskedEngine } from './search/asked-engine';
import { measureSearches, measureStarts, type Figures } from './search/measure';
import { prepareIndex, prepareModel } from './search/prepare';
import { SCENARIOS, type Scenario } from './search/questions';
import { startVectorServer } from './search/vector-server';

const DEFAULT = 'siglip-base-patch16-224';

const HELP = `Usage: npm run bench -- search [OPTIONS]

  --n N            photos, each with words, people, a date and two vectors (100,000)
  --queries N      of each kind (240)
  --model ID       a model of the catalogue, with random weights of its real shapes, in 8 bits
                   (${DEFAULT})
  --folder DIR     the files of a real model instead
  --dir DIR        keeps the model and the index there for the next run (1 GB and 12 KB each photo)

Whole searches through the engine's HTTP API, one after the other: from the question to the parsed
answer. p50Ms, p99Ms: every text is new, so the model embeds it; cached: the same texts again. A
server in this process answers for Ollama with a vector at once: the time of a text model itself is
not included. list: two names and a thing. filtered, negative and facets (counted, newest first): new
texts, too. firstMs: from no process to the first answer of a search, and firstTextMs to that of the
encoder alone; medians of three starts, files in the page cache. stages: medians of what explain says.
rssMb: with the pages of the database that are mapped; ownMb: without what is in files.
`;

/** How long a search takes in a large album, by kind and by stage. Prints a table, and last a line of JSON. */
export async function run(args: string[]): Promise<void> {
	const { values } = parseArgs({
		args,
		options: {
			n: { type: 'string', default: '100000' },
			queries: { type: 'string', default: '240' },
			model: { type: 'string' },
			folder: { type: 'string' },
			dir: { type: 'string' },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	const number = (name: 'n' | 'queries') => {
		const value = Math.floor(Number(values[name]));
		if (value >= 1) return value;
		throw new Error(`--${name} takes a number from 1, not ${values[name]}`);
	};
	const [n, queries] = [number('n'), number('queries')];
	const { folder } = values;
	const model = values.model ?? (folder ? basename(resolve(folder)) : DEFAULT);
	const dir = values.dir ? resolve(values.dir) : scratchFolder('search');
	mkdirSync(dir, { recursive: true });
	const remove = () => {
		if (!values.dir) rmSync(dir, { recursive: true, force: true });
	};
	// Gigabytes, which nobody would look for there.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			remove();
			process.exit(130);
		});
	}
	try {
		const figures = await measure({ n, queries, model, folder, dir });
		process.stdout.write(`${JSON.stringify({ bench: 'search', ...figures })}\n`);
	} finally {
		remove();
	}
}

interface Options {
	n: number;
	queries: number;
	model: string;
	folder: string | undefined;
	dir: string;
}

async function measure({ n, queries, model, folder, dir }: Options) {
	const threads = inferenceThreads(cores());
	const prepared = await step('The model', async (say) => {
		return await prepareModel(dir, model, folder, threads, say);
	});
	const dataDir = await step('The index', async (say) => {
		return await prepareIndex(dir, n, prepared, say);
	});
	const ollama = await startVectorServer();
	const engine = new AskedEngine(dataDir, prepared, ollama.url);
	try {
		const starts = await step('First answers', async () => await measureStarts(engine));
		const { scenarios, rssMb, ownMb } = await step('Searches', async (say) => {
			return await measureSearches(engine, queries, say);
		});
		printTable(scenarios, starts, { rssMb, ownMb });
		const { text, list, filtered, negative, facets } = scenarios;
		return {
			...{ n, model, precision: prepared.isInt8 ? 'int8' : 'fp32' },
			...{ p50Ms: text.new.p50Ms, p99Ms: text.new.p99Ms },
			...{ cachedP50Ms: text.cached.p50Ms, cachedP99Ms: text.cached.p99Ms },
			...{ listP50Ms: list.new.p50Ms, filteredP50Ms: filtered.new.p50Ms },
			...{ negativeP50Ms: negative.new.p50Ms, facetsP50Ms: facets.new.p50Ms },
			...{ firstMs: Math.round(starts.firstMs), firstTextMs: Math.round(starts.firstTextMs) },
			stages: { new: text.new.stages, cached: text.cached.stages },
			...{ rssMb: Math.round(rssMb), ownMb: Math.round(ownMb) },
			scenarios,
		};
	} finally {
		await engine.stop();
		await ollama.close();
	}
}

function printTable(
	scenarios: Record<Scenario, Figures>,
	{ firstMs, firstTextMs }: { firstMs: number; firstTextMs: number },
	{ rssMb, ownMb }: { rssMb: number; ownMb: number },
): void {
	const write = (name: string, value: string) =>
		process.stdout.write(`${name.padEnd(18)} ${value}\n`);
	for (const name of SCENARIOS) {
		for (const pass of ['new', 'cached'] as const) {
			const { p50Ms, p99Ms, stages } = scenarios[name][pass];
			const parts = Object.entries(stages).map(([stage, ms]) => `${stage} ${ms.toFixed(1)}`);
			write(
				`${name}, ${pass}`,
				`p50 ${p50Ms.toFixed(1)} ms  p99 ${p99Ms.toFixed(1)} ms  (${parts.join('  ')})`,
			);
		}
	}
	write(
		'first search',
		`${Math.round(firstMs)} ms; the encoder alone ${Math.round(firstTextMs)} ms`,
	);
	write('engine memory', `${round(ownMb, 0)} MB of its own, ${round(rssMb, 0)} MB resident`);
	process.stdout.write("A text model's own time is not included: see --help.\n");
}
