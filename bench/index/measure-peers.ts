import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../test/harness/root';
import type { PeerHandlers, PeerTask } from '../peers/peer';
import type { Dataset } from './dataset';
import { latency, recall, round, type Latency } from './figures';
import { LineProcess } from './line-process';
import { npmPackages, pythonWith } from './peer-install';
import { REQUIREMENTS, type PeerEntry } from './peer-list';
import { DIMENSION } from './vector-maker';
import { percentile } from '../support/timing';

export interface PeerFigures extends Latency {
	version: string;
	/** With which it was as good as ours, or, where it never was, the widest. */
	setting: string | null;
	recallAt10: number;
	asGood: boolean;
	/** Of this kind of vectors, as far as memory and files tell. */
	buildS: number;
	memoryMb: number;
	diskMb: number;
	/** Our own searches of the same queries, in the turns between. */
	oursP50Ms: number;
	oursP99Ms: number;
	/** Its p50 as a multiple of ours: median over the turns. */
	timesOurs: number;
}

/** Our own searches by the image vector. */
export type OurSearch = (from: number, count: number, seconds: number) => Promise<number[]>;

export interface PeerRun {
	dataset: Dataset;
	/** For the peers' files, which are removed again. */
	scratch: string;
	/** Ours. */
	recall: number;
	/** Queries of each turn. */
	turn: number;
	ours: OurSearch;
	/** Building and tuning of one peer may take as long. */
	minutes: number;
	say: (text: string) => void;
}

const K = 10;
const ROUNDS = 5;
/** Recalls closer than that are the same: a few neighbours of the queries' thousands. */
const RECALL_STEP = 0.001;
/** Of a turn, and of the trying of one setting, in seconds. */
const TURN_S = 8;
const TRY_S = 60;

/** One peer after the other; those that are not to be had are left out, with a notice. */
export async function measurePeers(
	entries: readonly PeerEntry[],
	run: PeerRun,
	notice: (text: string) => void,
): Promise<Record<string, PeerFigures>> {
	const figures: Record<string, PeerFigures> = {};
	for (const entry of entries) {
		try {
			figures[entry.name] = await measurePeer(entry, run);
		} catch (error) {
			notice(`No ${entry.name}: ${(error as Error).message}`);
		}
	}
	return figures;
}

async function measurePeer(entry: PeerEntry, run: PeerRun): Promise<PeerFigures> {
	const folder = join(run.scratch, entry.name);
	mkdirSync(folder, { recursive: true });
	run.say(`${entry.name}: installing`);
	const peer = await start(entry, run.dataset, folder);
	try {
		const { version, setting } = await peer.call('about');
		const deadline = performance.now() + run.minutes * 60_000;
		run.say(`${entry.name} ${version}: building`);
		const built = await peer.call('build', undefined, run.minutes * 60_000);
		const tuned = await tune(peer, setting, deadline, {
			...run,
			say: (text) => run.say(`${entry.name}: ${text}`),
		});
		run.say(`${entry.name}: in turns with ours`);
		const turns = await inTurns(peer, run);
		const ours = latency(turns.ours.flat());
		return {
			version,
			setting: setting && `${setting.name} ${tuned.value}`,
			recallAt10: round(tuned.recall, 4),
			asGood: tuned.recall >= run.recall - RECALL_STEP,
			...latency(turns.peer.flat()),
			oursP50Ms: ours.p50Ms,
			oursP99Ms: ours.p99Ms,
			timesOurs: round(
				percentile(
					turns.peer.map((ms, i) => percentile(ms, 0.5) / percentile(turns.ours[i]!, 0.5)),
					0.5,
				),
				2,
			),
			buildS: round(built.seconds, 1),
			memoryMb: Math.round(built.memoryMb),
			diskMb: Math.round(built.diskMb),
		};
	} finally {
		await peer.kill();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function start(
	{ module, variant, packages, env }: PeerEntry,
	dataset: Dataset,
	folder: string,
): Promise<LineProcess<PeerHandlers>> {
	const task: PeerTask = {
		...{ variant, n: dataset.n, dimension: DIMENSION, folder },
		vectors: dataset.file('image', 'photos'),
		queries: dataset.file('image', 'queries'),
		queryCount: dataset.queryDraws,
		packages: packages ? await npmPackages(packages) : ROOT,
	};
	if (module !== 'python') {
		return LineProcess.node(join(ROOT, 'dist', 'bench', 'peers', `${module}.js`), task, env);
	}
	const python = await pythonWith(REQUIREMENTS);
	const script = join(ROOT, 'bench', 'peers', 'vectors.py');
	return new LineProcess(python, [script, JSON.stringify(task)], env);
}

/** Widens the search until it is as good as ours. */
async function tune(
	peer: LineProcess<PeerHandlers>,
	setting: { name: string; values: number[] } | null,
	deadline: number,
	run: PeerRun,
): Promise<{ value: number; recall: number }> {
	let best = { value: NaN, recall: NaN };
	for (const value of setting?.values ?? [NaN]) {
		if (setting) {
			run.say(`${setting.name} ${value}`);
			await peer.call('set', { value });
		}
		const request = { from: 0, count: run.dataset.queries, k: K, rows: true, seconds: TRY_S };
		const { rows } = await peer.call('search', request);
		best = { value, recall: recall(rows, run.dataset.truth.image.all, K) };
		if (best.recall >= run.recall - RECALL_STEP || performance.now() > deadline) break;
	}
	return best;
}

/** Milliseconds of both, turn by turn, of the same queries. */
async function inTurns(
	peer: LineProcess<PeerHandlers>,
	{ turn, ours }: PeerRun,
): Promise<{ peer: number[][]; ours: number[][] }> {
	const turns: { peer: number[][]; ours: number[][] } = { peer: [], ours: [] };
	for (let round = 0; round < ROUNDS; round++) {
		const request = { from: round * turn, count: turn, k: K, seconds: TURN_S };
		const theirs = async () => void turns.peer.push((await peer.call('search', request)).ms);
		const own = async () => void turns.ours.push(await ours(request.from, turn, TURN_S));
		for (const one of round % 2 ? [own, theirs] : [theirs, own]) await one();
	}
	return turns;
}
