import { load, portions, servePeer, taskOf, type Peer, type PeerTask } from './peer';

/** As much of it as is used here. */
interface LanceDb {
	connect(folder: string): Promise<{
		createTable(name: string, rows: object): Promise<Table>;
	}>;
	Index: Record<'hnswSq' | 'ivfPq', (options: object) => unknown>;
}
interface Table {
	add(rows: object): Promise<unknown>;
	createIndex(column: string, options: { config: unknown }): Promise<void>;
	optimize(): Promise<unknown>;
	query(): Query;
}
interface Query {
	nearestTo(query: Float32Array): Query;
	distanceType(type: string): Query;
	nprobes(count: number): Query;
	ef(breadth: number): Query;
	refineFactor(factor: number): Query;
	select(columns: string[]): Query;
	limit(count: number): Query;
	toArray(): Promise<{ id: string }[]>;
}
interface Arrow {
	Float32: new () => unknown;
	FixedSizeList: new (length: number, field: unknown) => unknown;
	Field: new (name: string, type: unknown) => unknown;
	Utf8: new () => unknown;
	Table: new (columns: object) => object;
	makeData(data: object): unknown;
	makeVector(data: unknown): unknown;
	vectorFromArray(values: unknown[], type: unknown): unknown;
}

/** Candidates per answer that are read from the table and compared exactly. */
const REFINE = 4;

/** LanceDB's table with one of its indexes: `hnswSq` or `ivfPq`. */
class LanceDbPeer implements Peer {
	readonly #lance = load<LanceDb>('@lancedb/lancedb');
	readonly #arrow = load<Arrow>('apache-arrow');
	readonly version = this.#lance.version;
	readonly setting: Peer['setting'];
	readonly #graph: boolean;
	#table: Table | undefined;
	#breadth = 0;

	constructor({ variant }: PeerTask) {
		this.#graph = variant === 'hnswSq';
		this.setting = this.#graph
			? { name: 'ef', values: [40, 64, 96, 128, 192, 256, 384, 512, 1_024] }
			: { name: 'nprobes', values: [4, 8, 16, 32, 64, 128, 256] };
	}

	async build(task: PeerTask): Promise<void> {
		const db = await this.#lance.connect(task.folder);
		for (const { vectors, ids } of portions(task)) {
			const rows = this.#rows(vectors, ids, task.dimension);
			if (this.#table) await this.#table.add(rows);
			else this.#table = await db.createTable('photos', rows);
		}
		await this.#table!.optimize();
		const kind = this.#graph ? 'hnswSq' : 'ivfPq';
		const config = this.#lance.Index[kind]({ distanceType: 'dot' });
		await this.#table!.createIndex('vector', { config });
	}

	set(value: number): void {
		this.#breadth = value;
	}

	async search(query: Float32Array, k: number): Promise<string[]> {
		const asked = this.#table!.query().nearestTo(query).distanceType('dot').refineFactor(REFINE);
		const wide = this.#graph ? asked.ef(this.#breadth) : asked.nprobes(this.#breadth);
		const found = await wide.select(['id']).limit(k).toArray();
		return found.map(({ id }) => id);
	}

	/** A table in memory, without a JavaScript number for each of a vector's. */
	#rows(vectors: Float32Array, ids: string[], dimension: number): object {
		const { Field, FixedSizeList, Float32, Table, Utf8, ...make } = this.#arrow;
		const type = new FixedSizeList(dimension, new Field('item', new Float32()));
		const child = make.makeData({ type: new Float32(), data: vectors });
		const list = make.makeData({ type, length: ids.length, child });
		return new Table({
			id: make.vectorFromArray(ids, new Utf8()),
			vector: make.makeVector(list),
		});
	}
}

servePeer(new LanceDbPeer(taskOf()));
