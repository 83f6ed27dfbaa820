import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { VectorKind } from '../../engine/index/vector-index';
import type { IndexType } from '../../engine/index/vectors/index-type';
import { percentile } from '../support/timing';
import { KINDS, type Dataset } from './dataset';
import { incomplete, latency, recall, round } from './figures';
import { LineProcess } from './line-process';
import { FILTERS, SELECTIVITIES, type Selectivity } from './photo-facts';
import type { ProbeHandlers, ProbeOptions } from './probe';

export type Probe = LineProcess<ProbeHandlers>;

const K = 10;
/** What a search of the service asks its channels for. */
const DEEP_K = 200;
const OPENINGS = 3;
/** Searches before those that count. */
const WARM_UP = 50;
/** One slice with writes, one without, in every round. */
const ROUNDS = 4;
/** Writing before the process is killed. */
const KILL_AFTER_MS = 1_500;

/** The index under test: its folder, and the processes that open it. */
export class OurIndex {
	readonly #dataset: Dataset;
	readonly #dataDir: string;
	readonly #type: IndexType;
	/** Queries of each kind that are timed. */
	readonly #timed: number;

	constructor(dataset: Dataset, dataDir: string, type: IndexType, timed: number) {
		this.#type = type;
		this.#dataset = dataset;
		this.#dataDir = dataDir;
		this.#timed = timed;
	}

	get options(): ProbeOptions {
		return {
			dataDir: this.#dataDir,
			index: 'bench',
			queryFiles: this.#files('queries'),
			queries: this.#dataset.queryDraws,
			type: this.#type,
		};
	}

	/** Stores all photos, and waits for what that sets going in the background. */
	async fill(say: (text: string) => void) {
		const { n } = this.#dataset;
		const probe = this.#start();
		await probe.call('open', { create: true });
		const ms: number[] = [];
		for (let from = 0; from < n; from += PORTION) {
			say(`${from} photos`);
			const part = { files: this.#files('photos'), from, to: Math.min(n, from + PORTION) };
			ms.push(...(await probe.call('fill', part)).ms);
		}
		say('what goes on in the background');
		const settled = await probe.call('settle');
		const { bytesOnDisk } = await probe.call('stats');
		const { ownMb } = await probe.call('memory');
		await probe.call('close');
		await probe.close();
		// With the index grown, and whatever it does in the background while it grows.
		const last = ms.slice(-Math.max(10, Math.ceil(ms.length / 10)));
		return {
			upsertsPerS: Math.round(perSecond(last, n)),
			upsertsPerSOverall: Math.round(perSecond(ms, n)),
			upsertBatch: latency(ms),
			settleS: round(settled.seconds, 1),
			buildS: round(sum(ms) / 1_000 + settled.seconds, 1),
			builderMb: Math.round(ownMb),
			bytesOnDisk,
		};
	}

	/** A process that has the same code and queries, but no index. */
	async baselineMb(): Promise<number> {
		const probe = this.#start();
		const { ownMb } = await probe.call('memory');
		await probe.close();
		return ownMb;
	}

	/** Opens the index in processes of their own; the last one stays. */
	async open() {
		const times: number[] = [];
		for (let nth = 1; ; nth++) {
			const probe = this.#start();
			times.push((await probe.call('open', { create: false })).searchableMs);
			if (nth === OPENINGS) return { probe, openMs: round(percentile(times, 0.5), 1) };
			await probe.call('close');
			await probe.close();
		}
	}

	/** Searches of both kinds without a filter. */
	async searches(probe: Probe) {
		const { truth, queries } = this.#dataset;
		const ms: Record<VectorKind, number[]> = { image: [], text: [] };
		const deepMs: number[] = [];
		const recalls: Partial<Record<VectorKind, number>> = {};
		const deepRecalls: number[] = [];
		const walkMs: number[] = [];
		let short = 0;
		for (const kind of KINDS) {
			// Other queries than those that count.
			const last = this.#dataset.queryDraws - WARM_UP;
			await probe.call('search', { kind, from: last, count: WARM_UP, k: K });
			const all = { kind, from: 0, count: this.#timed, k: K, rows: true };
			const found = await probe.call('search', all);
			ms[kind] = found.ms;
			const known = found.rows.slice(0, queries);
			// For none the graph is walked as for ten, but nothing is read from the database.
			walkMs.push(...(await probe.call('search', { ...all, k: 0, rows: false })).ms);
			recalls[kind] = recall(known, truth[kind].all, K);
			short += incomplete(known, truth[kind].all, K);
			const deep = { kind, from: 0, count: queries, k: DEEP_K, rows: true };
			const wide = await probe.call('search', deep);
			deepMs.push(...wide.ms);
			deepRecalls.push(recall(wide.rows, truth[kind].all, DEEP_K));
		}
		return {
			...latency([...ms.image, ...ms.text]),
			recallAt10: round((recalls.image! + recalls.text!) / 2, 4),
			image: { ...latency(ms.image), recallAt10: round(recalls.image!, 4) },
			text: { ...latency(ms.text), recallAt10: round(recalls.text!, 4) },
			top200: { ...latency(deepMs), recall: round((deepRecalls[0]! + deepRecalls[1]!) / 2, 4) },
			walk: latency(walkMs),
			incomplete: short,
		};
	}

	/** Of each selectivity its filter with the lowest recall, and every filter on its own. */
	async filtered(probe: Probe, say: (text: string) => void) {
		const { truth, filteredQueries: count } = this.#dataset;
		const lowest = {} as Record<Selectivity, number>;
		const p50Ms = {} as Record<Selectivity, number>;
		const filters: Record<string, object> = {};
		for (const selectivity of SELECTIVITIES) {
			const all: number[] = [];
			for (const { name } of FILTERS.filter((each) => each.selectivity === selectivity)) {
				say(name);
				const ms: number[] = [];
				const found: number[][] = [];
				const wanted: number[][] = [];
				for (const kind of KINDS) {
					const request = { kind, from: 0, count, k: K, filter: name, rows: true };
					const answer = await probe.call('search', request);
					ms.push(...answer.ms);
					found.push(...answer.rows);
					wanted.push(...truth[kind].filtered[name]!);
				}
				const share = recall(found, wanted, K);
				lowest[selectivity] = Math.min(lowest[selectivity] ?? 1, round(share, 4));
				all.push(...ms);
				filters[name] = {
					recallAt10: round(share, 4),
					...latency(ms),
					incomplete: incomplete(found, wanted, K),
				};
			}
			p50Ms[selectivity] = round(percentile(all, 0.5), 3);
		}
		return { lowest, p50Ms, filters };
	}

	/** Searching and fetching what was found, beside searching alone: in turns, in milliseconds at p50. */
	async fetching(probe: Probe): Promise<number> {
		const alone: number[] = [];
		const whole: number[] = [];
		const each = Math.ceil(this.#timed / 5);
		for (let from = 0; from < this.#timed; from += each) {
			const request = { kind: 'image' as const, from, count: each, k: K };
			alone.push(...(await probe.call('search', request)).ms);
			whole.push(...(await probe.call('search', { ...request, photos: true })).ms);
		}
		return round(percentile(whole, 0.5) - percentile(alone, 0.5), 3);
	}

	/** Searches while the same process stores photos as fast as it can, and while it does not. */
	async whileWriting(seconds: number) {
		const probe = this.#start();
		await probe.call('open', { create: false });
		const fresh = { files: this.#files('fresh'), count: this.#dataset.freshDraws };
		const idle: number[] = [];
		const busy: number[] = [];
		let upserts = 0;
		let writingS = 0;
		await probe.call('slice', { ...fresh, seconds: 0.5, writing: false, slice: 0 });
		for (let round = 0; round < ROUNDS; round++) {
			for (const writing of round % 2 ? [true, false] : [false, true]) {
				const slice = await probe.call('slice', { ...fresh, seconds, writing, slice: round + 1 });
				(writing ? busy : idle).push(...slice.ms);
				if (!writing) continue;
				upserts += slice.upserts;
				writingS += slice.seconds;
			}
		}
		await probe.call('close');
		await probe.close();
		return {
			p99WhileWritingRatio: round(percentile(busy, 0.99) / percentile(idle, 0.99), 2),
			idle: latency(idle),
			whileWriting: latency(busy),
			upsertsPerSWhileSearching: Math.round(upserts / writingS),
		};
	}

	/** Until the first answer, where the process before was killed while it wrote. */
	async openAfterKillMs(): Promise<number> {
		const killed = this.#start();
		await killed.call('open', { create: false });
		const fresh = { files: this.#files('fresh'), count: this.#dataset.freshDraws };
		const writing = killed
			.call('slice', { ...fresh, seconds: 60, writing: true, slice: ROUNDS + 1 })
			.then(
				() => false,
				() => true,
			);
		await sleep(KILL_AFTER_MS);
		await killed.kill();
		if (!(await writing)) throw new Error('the process that writes was not killed in time');
		const probe = this.#start();
		const { searchableMs } = await probe.call('open', { create: false });
		await probe.call('close');
		await probe.close();
		return round(searchableMs, 1);
	}

	#start(): Probe {
		return LineProcess.node(join(__dirname, 'probe.js'), this.options);
	}

	#files(draw: 'photos' | 'queries' | 'fresh'): Record<VectorKind, string> {
		const { file } = this.#dataset;
		return { image: file('image', draw), text: file('text', draw) };
	}
}

/** Photos between two signs of life. */
const PORTION = 10_000;

function sum(values: number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

/** Photos per second of upserts that took `ms` each. */
function perSecond(ms: number[], n: number): number {
	return (1_000 * Math.min(n, 100 * ms.length)) / sum(ms);
}
