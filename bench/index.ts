import { mkdirSync, rmSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { INDEX_TYPES, type IndexType } from '../engine/index/vectors/index-type';
import { scratchFolder } from '../test/harness/root';
import { step } from '../test/harness/step';
import { measureBandwidth } from './index/bandwidth';
import { prepareDataset, type Dataset } from './index/dataset';
import { round } from './index/figures';
import { measureHttp } from './index/measure-http';
import { OurIndex } from './index/measure-ours';
import { measurePeers, type PeerFigures } from './index/measure-peers';
import { PEERS } from './index/peer-list';
import { printTable } from './index/table';
import { CLUSTERS, DIMENSION, SEED } from './index/vector-maker';

const HELP = `Usage: npm run bench -- index [OPTIONS]

  --n N            photos, each with two vectors of ${DIMENSION} (20,000)
  --queries N      of each kind whose true neighbours are found out by brute force (250); four times as
                   many are timed
  --seconds N      of searching with writes beside it, and as many without (8)
  --peers A,B      only these of ${PEERS.map(({ name }) => name).join(', ')}
  --no-peers       none
  --peer-minutes N that one may take to be built, and to be tuned (30)
  --dir DIR        keeps the vectors and their true neighbours there for the next run (7 KB each photo;
                   as much again, and more, is needed for the index and the largest peer)
  --type TYPE      of the index: ${INDEX_TYPES.join(', ')} (auto)
  --json           nothing but the line of JSON on stdout

Vectors come from ${CLUSTERS} clusters, seed ${SEED}. p50Ms, p99Ms: one search of the ten nearest after the other, image
and text, in a process that has only opened the index. indexMb: that process's own memory, less that
of one without an index. openMs: until the first answer, after a clean end, files in the page cache.
overheadMs: POST /indexes/NAME/nearest over a unix socket, the vector in base64 as the nodes send it, less
the bare search. upsertsPerS: durable batches of 100, the last tenth of the photos. filtered: recall of
the filter of that selectivity with the lowest. p99WhileWritingRatio: p99 beside upserts at full speed
as a multiple of p99 without. searches.walk: the graph alone, without the stored vectors and ids that
are read for an answer. peers: image vectors only, one thread for searching, the narrowest setting that
is as good as ours; timesOurs compares p50 in turns.
`;

/** Queries under each of the twelve filters. */
const FILTERED_QUERIES = 50;

interface Options {
	n: number;
	queries: number;
	seconds: number;
	peers: string[];
	peerMinutes: number;
	dir?: string;
	type: IndexType;
	json: boolean;
}

/**
 * The index's speed, recall, memory and durability's price, and other libraries' on the same vectors
 * in the same run. Prints a table, and last a line of JSON.
 */
export async function run(args: string[]): Promise<void> {
	const options = readOptions(args);
	if (!options) {
		process.stdout.write(HELP);
		return;
	}
	const scratch = scratchFolder('index');
	// Gigabytes, which nobody would look for there.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			rmSync(scratch, { recursive: true, force: true });
			process.exit(130);
		});
	}
	try {
		const figures = { bench: 'index', n: options.n, ...(await measure(options, scratch)) };
		if (!options.json) printTable(figures);
		process.stdout.write(`${JSON.stringify(figures)}\n`);
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

function readOptions(args: string[]): Options | undefined {
	const { values } = parseArgs({
		args,
		options: {
			n: { type: 'string', default: '20000' },
			queries: { type: 'string', default: '250' },
			seconds: { type: 'string', default: '8' },
			peers: { type: 'string', default: PEERS.map(({ name }) => name).join(',') },
			'no-peers': { type: 'boolean', default: false },
			'peer-minutes': { type: 'string', default: '30' },
			dir: { type: 'string' },
			type: { type: 'string', default: 'auto' },
			json: { type: 'boolean', default: false },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	if (values.help) return undefined;
	const number = (name: 'n' | 'queries' | 'seconds' | 'peer-minutes', least: number) => {
		const value = Number(values[name]);
		if (value >= least) return value;
		throw new Error(`--${name} takes a number from ${least}, not ${values[name]}`);
	};
	const peers = values['no-peers'] ? [] : values.peers.split(',').filter(Boolean);
	const unknown = peers.find((name) => !PEERS.some((peer) => peer.name === name));
	if (unknown) throw new Error(`--peers: there is no ${unknown}; see --help`);
	const type = INDEX_TYPES.find((known) => known === values.type);
	if (!type) throw new Error(`--type takes ${INDEX_TYPES.join(', ')}, not ${values.type}`);
	return {
		n: Math.floor(number('n', 1_000)),
		queries: Math.floor(Math.min(1_000, number('queries', 1))),
		seconds: number('seconds', 0.1),
		peerMinutes: number('peer-minutes', 0.1),
		...{ peers, type, json: values.json },
		...(values.dir && { dir: resolve(values.dir) }),
	};
}

async function measure(options: Options, scratch: string) {
	const timed = 4 * options.queries;
	const dir = options.dir ?? join(scratch, 'vectors');
	mkdirSync(dir, { recursive: true });
	const dataset = await step('Vectors', async (say) => {
		const filtered = Math.min(FILTERED_QUERIES, options.queries);
		return await prepareDataset(dir, options.n, options.queries, filtered, say);
	});
	const bandwidth = await step("The memory's bandwidth", measureBandwidth);
	const ours = new OurIndex(dataset, join(scratch, 'data'), options.type, timed);
	const filled = await step('Filling the index', async (say) => await ours.fill(say));
	const baselineMb = await ours.baselineMb();
	const opened = await step('Opening it', async () => await ours.open());
	const { probe } = opened;
	try {
		const found = await step('Searches', async () => await ours.searches(probe));
		const memory = await probe.call('memory');
		const stats = await probe.call('stats');
		const filtered = await step('Filters', async (say) => await ours.filtered(probe, say));
		const fetchMs = await ours.fetching(probe);
		const peers = await comparePeers(
			options,
			dataset,
			scratch,
			found.image.recallAt10,
			async (from, count, seconds) => {
				const request = { kind: 'image' as const, from, count, k: 10, seconds };
				return (await probe.call('search', request)).ms;
			},
		);
		await probe.call('close');
		await probe.close();
		const http = await step('HTTP', async () => {
			return await measureHttp(dataset, ours.options, scratch, timed);
		});
		const writing = await step('Searches beside writes', async () => {
			return await ours.whileWriting(options.seconds / 4);
		});
		const openAfterKillMs = await step('Opening after a kill', async () => {
			return await ours.openAfterKillMs();
		});
		const { p50Ms, p99Ms, recallAt10, ...searches } = found;
		const { upsertsPerS, ...filling } = filled;
		const { overheadMs, ...overhead } = http;
		const { p99WhileWritingRatio, ...beside } = writing;
		return {
			...{ p50Ms, p99Ms, recallAt10 },
			indexMb: round(memory.ownMb - baselineMb, 1),
			openMs: opened.openMs,
			...{ overheadMs, upsertsPerS, p99WhileWritingRatio },
			filtered: filtered.lowest,
			peers,
			filteredP50Ms: filtered.p50Ms,
			filters: filtered.filters,
			...{ searches, filling, overhead: { ...overhead, fetchMs }, beside, openAfterKillMs },
			memory: { ...roundAll(memory), baselineMb: round(baselineMb, 1) },
			index: { image: stats.image, text: stats.text },
			bandwidth: roundAll(bandwidth),
			floors: floors(options.n, bandwidth.readGbPerS),
			machine: machine(),
		};
	} finally {
		await probe.kill();
	}
}

async function comparePeers(
	{ peers, peerMinutes, queries }: Options,
	dataset: Dataset,
	scratch: string,
	recall: number,
	ours: (from: number, count: number, seconds: number) => Promise<number[]>,
): Promise<Record<string, PeerFigures>> {
	if (peers.length === 0) return {};
	return await step('Peers', async (say) => {
		const entries = PEERS.filter(({ name }) => peers.includes(name));
		const turn = Math.min(queries, 200);
		const run = { dataset, scratch, recall, turn, ours, minutes: peerMinutes, say };
		return await measurePeers(entries, run, (text) => process.stderr.write(`  ${text}\n`));
	});
}

/** Milliseconds in which one thread could at best read every vector once, as float32 and in 8 bits. */
function floors(n: number, gbPerS: number) {
	const ms = (bytes: number) => round((n * bytes) / gbPerS / 1e6, 2);
	return { scanFloat32Ms: ms(4 * DIMENSION), scan8BitMs: ms(DIMENSION) };
}

function machine() {
	return {
		cpu: cpus()[0]?.model.trim() ?? 'unknown',
		cores: cpus().length,
		memoryGb: round(totalmem() / 1e9, 1),
		node: process.version,
		platform: `${process.platform}-${process.arch}`,
	};
}

function roundAll<T extends object>(figures: T): T {
	return Object.fromEntries(
		Object.entries(figures).map(([key, value]) => [
			key,
			typeof value === 'number' ? round(value, 1) : (value as unknown),
		]),
	) as T;
}
