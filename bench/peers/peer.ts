import { statSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { answerLines } from '../index/line-server';
import { idOf, rowOfId } from '../index/photo-facts';
import { memory } from '../index/processes';
import { VectorFile, vectorAt } from '../index/vector-file';

export interface PeerTask {
	/** Where there are several ways to use the library. */
	variant: string;
	/** float32, `n` rows. */
	vectors: string;
	n: number;
	dimension: number;
	queries: string;
	queryCount: number;
	/** Empty, and its own. */
	folder: string;
	/** The folder whose node_modules holds the library. */
	packages: string;
}

/** Another library's index of vectors, told by the bench what to do. */
export interface Peer {
	version: string;
	/** What breadth of search is called, and the values to try, ascending; null if there is none. */
	setting: { name: string; values: number[] } | null;
	/** All rows of the task. The photo's id is {@link idOf} of its row. */
	build(task: PeerTask): Promise<void> | void;
	set?(value: number): Promise<void> | void;
	/** Ids of the `k` nearest, best first: as an application would have them. */
	search(query: Float32Array, k: number): Promise<string[]> | string[];
}

export interface PeerSearch {
	from: number;
	count: number;
	k: number;
	rows?: boolean;
	/** No search begins after that. */
	seconds: number;
}

/** Rows read at once while an index is built. */
const PORTION = 4_096;

/** Runs a peer as a process of its own, by the lines that the bench sends. */
export function servePeer(peer: Peer | Promise<Peer>): void {
	const task = taskOf();
	const file = new VectorFile(task.queries);
	const queries = file.read(0, task.queryCount);
	file.close();
	const handlers = {
		async about() {
			const { version, setting } = await peer;
			return { version, setting };
		},
		async build() {
			const before = memory();
			const started = performance.now();
			await (await peer).build(task);
			const seconds = (performance.now() - started) / 1_000;
			return { seconds, memoryMb: memory().ownMb - before.ownMb, diskMb: diskMb(task.folder) };
		},
		async set({ value }: { value: number }) {
			await (await peer).set?.(value);
		},
		async search({ from, count, k, rows: wanted, seconds }: PeerSearch) {
			const asked = await peer;
			const until = performance.now() + 1_000 * seconds;
			const ms: number[] = [];
			const rows: number[][] = [];
			for (let nth = from; nth < from + count && performance.now() < until; nth++) {
				const query = vectorAt(queries, nth % task.queryCount);
				const started = performance.now();
				const ids = await asked.search(query, k);
				ms.push(performance.now() - started);
				if (wanted) rows.push(ids.map(rowOfId));
			}
			return { ms, rows };
		},
		memory: () => ({ memoryMb: memory().ownMb }),
	};
	void answerLines(handlers);
}

export type PeerHandlers = {
	about(): Promise<Pick<Peer, 'version' | 'setting'>>;
	build(): Promise<{ seconds: number; memoryMb: number; diskMb: number }>;
	set(argument: { value: number }): Promise<void>;
	search(argument: PeerSearch): Promise<{ ms: number[]; rows: number[][] }>;
};

export function taskOf(): PeerTask {
	return JSON.parse(process.argv[2]!) as PeerTask;
}

/** The library, from where the bench has installed it. */
export function load<T>(name: string): T & { version: string } {
	const require = createRequire(join(taskOf().packages, 'package.json'));
	const { version } = require(join(taskOf().packages, 'node_modules', name, 'package.json')) as {
		version: string;
	};
	return Object.assign({ version }, require(name) as T);
}

/** Rows of the task in portions, with their ids. */
export function* portions(
	task: PeerTask,
): Generator<{ from: number; vectors: Float32Array; ids: string[] }> {
	const file = new VectorFile(task.vectors);
	for (let from = 0; from < task.n; from += PORTION) {
		const count = Math.min(PORTION, task.n - from);
		const ids = Array.from({ length: count }, (_, i) => idOf(from + i));
		yield { from, vectors: file.read(from, count), ids };
	}
	file.close();
}

function diskMb(folder: string): number {
	const bytes = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => statSync(join(entry.parentPath, entry.name)).size)
		.reduce((total, size) => total + size, 0);
	return bytes / 2 ** 20;
}
