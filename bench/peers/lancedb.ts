import { load, portions, servePeer, type Peer, type PeerTask } from './peer';

/** As much of it as is used here. */
interface LanceDb {
	connect(folder: string): Promise<{
		createTable(name: string, rows: object): Promise<Table>;
	}>;
	Index: { hnswSq(options: object): unknown };
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

/**
 * LanceDB's table with its graph over 8-bit codes. (Its other index, `ivfPq`, found 0.67 of the ten
 * nearest among 20,000 whatever its breadth, with this refinement.)
 */
class LanceDbPeer implements Peer {
	readonly #lance = load<LanceDb>('@lancedb/lancedb');
	readonly #arrow = load<Arrow>('apache-arrow');
	readonly version = this.#lance.version;
	readonly setting = { name: 'ef', values: [40, 64, 96, 128, 192, 256, 384, 512, 1_024] };
	#table: Table | undefined;
	#breadth = 0;

	async build(task: PeerTask): Promise<void> {
		const db = await this.#lance.connect(task.folder);
		for (const { vectors, ids } of portions(task)) {
			const rows = this.#rows(vectors, ids, task.dimension);
			if (this.#table) await this.#table.add(rows);
			else this.#table = await db.createTable('photos', rows);
		}
		await this.#table!.optimize();
		const config = this.#lance.Index.hnswSq({ distanceType: 'dot' });
		await this.#table!.createIndex('vector', { config });
	}

	set(value: number): void {
		this.#breadth = value;
	}

	async search(query: Float32Array, k: number): Promise<string[]> {
		const asked = this.#table!.query().nearestTo(query).distanceType('dot').limit(k);
		const found = await asked.ef(this.#breadth).refineFactor(REFINE).select(['id']).toArray();
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

servePeer(new LanceDbPeer());
