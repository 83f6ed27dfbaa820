import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'node:test';
import { crc32 } from 'node:zlib';
import { DATABASE_FILE, openForWriting } from '../../engine/index/catalogue/database';
import { readGenerations } from '../../engine/index/catalogue/generations';
import { SnapshotWriter } from '../../engine/index/catalogue/snapshots';
import { VectorReader } from '../../engine/index/catalogue/vector-reader';
import { VectorStore } from '../../engine/index/catalogue/vector-store';
import { HnswAccelerator } from '../../engine/index/faiss/hnsw-accelerator';
import { installation } from '../../engine/index/faiss/installation';
import { FaissProcess, type FaissProcessOptions } from '../../engine/index/faiss/process';
import { SILENT } from '../../engine/index/index-logger';
import { until } from '../harness/until';
import { clusteredVectors } from './support';

export const DIMENSION = 64;
export const COUNT = 2_000;
export const VECTORS = clusteredVectors(COUNT, DIMENSION);
export const QUERIES = clusteredVectors(40, DIMENSION, { seed: 99 });
const GENERATION = 3;
export const OTHER_GENERATION = 4;

/** For `until`: building and writing a small graph, while other tests do the same. */
const PATIENCE = { timeoutMs: 60_000, everyMs: 10 };

/** An index's database with vectors of one generation, written to without its catalogue. */
export class TestStore extends VectorStore {
	readonly held = new Map<number, Float32Array>();
	readonly #db: DatabaseSync;

	constructor(readonly folder: string) {
		const db = openForWriting(folder, 'test', SILENT);
		db.exec('PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF');
		for (const generation of [1, GENERATION, OTHER_GENERATION]) {
			db.exec(`INSERT OR IGNORE INTO generations
				(generation, kind, model, dimension, state, created_at) VALUES
				(${generation}, 'image', 'm${generation}', ${DIMENSION}, 'retired', '')`);
		}
		const row = readGenerations(db).find(({ generation }) => generation === GENERATION)!;
		const file = join(folder, DATABASE_FILE);
		const writer = new SnapshotWriter(db);
		super(file, row, db, new VectorReader(db), {
			commitSnapshot: async (...call) => writer.commit(...call),
			setLoading: async (...call) => writer.setLoading(...call),
			forgetSnapshot: async (...call) => writer.forget(...call),
		});
		this.#db = db;
	}

	/** The `seq`s. */
	put(vectors: readonly Float32Array[], generation = GENERATION): number[] {
		const photos = 'SELECT coalesce(max(seq), 0) + 1, ?, ?, ? FROM vectors';
		const sql = `INSERT INTO vectors (photo, generation, vector, checksum) ${photos}`;
		const insert = this.#db.prepare(sql);
		this.#db.exec('BEGIN');
		const seqs = vectors.map((vector) => {
			const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
			const seq = Number(insert.run(generation, bytes, crc32(bytes)).lastInsertRowid);
			if (generation === GENERATION) this.held.set(seq, vector);
			return seq;
		});
		this.#db.exec('COMMIT');
		return seqs;
	}

	remove(seqs: readonly number[]): void {
		const remove = this.#db.prepare('DELETE FROM vectors WHERE seq = ?');
		this.#db.exec('BEGIN');
		for (const seq of seqs) {
			remove.run(seq);
			this.held.delete(seq);
		}
		this.#db.exec('COMMIT');
	}

	exec(sql: string): void {
		this.#db.exec(sql);
	}

	/** `seq`s of the `k` truly nearest. */
	nearest(query: Float32Array, k: number, among = this.held): number[] {
		return [...among]
			.map(([seq, vector]) => ({ seq, score: cosine(vector, query) }))
			.sort((a, b) => b.score - a.score)
			.slice(0, k)
			.map(({ seq }) => seq);
	}

	override count(): number {
		const sql = 'SELECT count(*) AS n FROM vectors WHERE generation = ?';
		return Number(this.#db.prepare(sql).get(GENERATION)?.n);
	}

	close(): void {
		this.#db.close();
	}
}

export function cosine(a: Float32Array, b: Float32Array): number {
	let sum = 0;
	a.forEach((value, i) => (sum += value * b[i]!));
	return sum;
}

export interface Opened {
	store: TestStore;
	accelerator: HnswAccelerator;
	process: FaissProcess;
	/** What was logged as a warning or an error. */
	warnings: string[];
}

/** An accelerator with a FAISS process of its own; both end with the test. */
export function open(
	t: TestContext,
	{ store = newStore(t), ...options }: Partial<FaissProcessOptions> & { store?: TestStore } = {},
): Opened {
	const process = new FaissProcess({ backoffMs: 20, ...options });
	const warnings: string[] = [];
	const note = (message: string) => void warnings.push(message);
	const logger = { info: () => {}, warn: note, error: note };
	const { folder } = store;
	const accelerator = new HnswAccelerator({ label: 'test', folder, store, logger, process });
	t.after(() => accelerator.close());
	accelerator.poke();
	return { store, accelerator, process, warnings };
}

/** A store with {@link VECTORS}, in a folder that is gone after the test. */
export function newStore(t: TestContext, vectors: readonly Float32Array[] = VECTORS): TestStore {
	const folder = mkdtempSync(join(tmpdir(), 'faiss-test-'));
	const store = new TestStore(folder);
	t.after(() => {
		store.close();
		rmSync(folder, { recursive: true, force: true });
	});
	store.put(vectors);
	return store;
}

/** Waits until it answers for everything up to this `seq`; for everything there is if left out. */
export async function covered({ accelerator, store }: Opened, seq?: number): Promise<void> {
	const last = seq ?? Math.max(...store.held.keys());
	await until(`coverage to ${last}`, () => accelerator.coveredTo >= last, PATIENCE);
}

/** An accelerator that was built, wrote its snapshot and was closed. */
export async function closedWithSnapshot(t: TestContext): Promise<TestStore> {
	const opened = open(t);
	await covered(opened);
	await opened.accelerator.close();
	return opened.store;
}

/** What is named, once it answers: where the machine is busy it leaves a search to the flat scan. */
export async function ask(
	{ accelerator }: Pick<Opened, 'accelerator'>,
	query: Float32Array,
	k: number,
): Promise<Float64Array> {
	return await until('an answer', () => accelerator.search(query, k), PATIENCE);
}

/** Share of the true ten nearest among what is found, deleted ones left out as its caller does. */
export async function recallAt10(opened: Opened): Promise<number> {
	let found = 0;
	for (const query of QUERIES) {
		const truth = new Set(opened.store.nearest(query, 10));
		const near = await ask(opened, query, 10);
		found += near.filter((seq) => truth.has(seq)).length;
	}
	return found / (10 * QUERIES.length);
}

/** Skips the test, with the reason, where faiss-node has no native part. */
export function needsFaiss(t: TestContext): boolean {
	const { binary, reason } = installation();
	if (binary === 'none') t.skip(`FAISS is not available: ${reason}`);
	return binary !== 'none';
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
