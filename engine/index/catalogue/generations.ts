import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { EngineError } from '../../errors';
import type { Generation, VectorKind } from '../vector-index';

export const VECTOR_KINDS = ['image', 'text'] as const satisfies readonly VectorKind[];

/** A row of the table `generations`. */
export interface GenerationRow extends Omit<Generation, 'missing'> {
	generation: number;
	activateWhenComplete: boolean;
	/** Photos with a vector both here and in the active generation. */
	shared: number;
}

/** All generations but those that are dropped, oldest first, as they are stored. */
export function readGenerations(db: DatabaseSync): GenerationRow[] {
	const rows = db.prepare('SELECT * FROM generations WHERE dropping = 0 ORDER BY generation').all();
	return rows.map((row) => ({
		generation: Number(row.generation),
		kind: row.kind as VectorKind,
		model: String(row.model),
		dimension: Number(row.dimension),
		state: row.state as Generation['state'],
		activateWhenComplete: row.activate_when_complete === 1,
		vectors: Number(row.vectors),
		shared: Number(row.shared),
		created_at: String(row.created_at),
	}));
}

/** What callers see of a generation. */
export function generationOf(row: GenerationRow, all: GenerationRow[]): Generation {
	const { kind, model, dimension, state, vectors, created_at } = row;
	return { kind, model, dimension, state, vectors, missing: missing(row, all), created_at };
}

export function activeOf(all: GenerationRow[], kind: VectorKind): GenerationRow | undefined {
	return all.find((row) => row.kind === kind && row.state === 'active');
}

function missing(row: GenerationRow, all: GenerationRow[]): number {
	return (activeOf(all, row.kind)?.vectors ?? 0) - row.shared;
}

/**
 * The generations as the writer keeps them: in memory during a transaction, written back with
 * {@link flush} before its end. Counters are exact, so that completeness is known at every write.
 */
export class Generations {
	readonly #db: DatabaseSync;
	readonly #indexName: string;
	#rows: GenerationRow[] = [];
	readonly #touched = new Set<GenerationRow>();
	/** Whether generations came, went or changed state since the last {@link flush}. */
	#changed = false;

	constructor(db: DatabaseSync, indexName: string) {
		this.#db = db;
		this.#indexName = indexName;
		this.reload();
	}

	/** Reads them anew, as after a rollback. */
	reload(): void {
		this.#rows = readGenerations(this.#db);
		this.#touched.clear();
		this.#changed = false;
	}

	get all(): GenerationRow[] {
		return this.#rows;
	}

	active(kind: VectorKind): GenerationRow | undefined {
		return activeOf(this.#rows, kind);
	}

	find(kind: VectorKind, model: string): GenerationRow | undefined {
		return this.#rows.find((row) => row.kind === kind && row.model === model);
	}

	/** Throws `GENERATION_NOT_FOUND`. */
	get(kind: VectorKind, model: string): GenerationRow {
		const found = this.find(kind, model);
		if (found) return found;
		const models = this.#rows.filter((row) => row.kind === kind).map((row) => `"${row.model}"`);
		throw new EngineError(
			'GENERATION_NOT_FOUND',
			`Index "${this.#indexName}" has no ${kind} vectors of model "${model}"` +
				(models.length > 0 ? `, only of ${models.join(', ')}.` : '.'),
			{ index: this.#indexName, kind, model },
		);
	}

	/** A new generation; it is active at once where the kind has none. */
	begin(
		kind: VectorKind,
		model: string,
		dimension: number,
		activateWhenComplete: boolean,
	): GenerationRow {
		const state = this.active(kind) ? 'building' : 'active';
		const created_at = new Date().toISOString();
		const flag = state === 'building' && activateWhenComplete;
		const { lastInsertRowid } = this.#db
			.prepare(
				`INSERT INTO generations (kind, model, dimension, state, activate_when_complete, created_at)
				VALUES (?, ?, ?, ?, ?, ?)`,
			)
			.run(kind, model, dimension, state, flag ? 1 : 0, created_at);
		const row: GenerationRow = {
			...{ generation: Number(lastInsertRowid), kind, model, dimension, state, created_at },
			...{ activateWhenComplete: flag, vectors: 0, shared: 0 },
		};
		this.#rows = [...this.#rows, row];
		this.#changed = true;
		return row;
	}

	missing(row: GenerationRow): number {
		return missing(row, this.#rows);
	}

	/** A photo that has vectors in the generations `held` now has one in this one, too. */
	added(row: GenerationRow, held: ReadonlySet<number>): void {
		this.#count(row, held, 1);
	}

	/** A photo that has vectors in the generations `held`, this one among them, loses this one. */
	removed(row: GenerationRow, held: ReadonlySet<number>): void {
		this.#count(row, held, -1);
	}

	/** This one is searched from now on, and the one that was is retired. */
	activate(row: GenerationRow): void {
		const old = this.active(row.kind);
		if (old === row) return;
		if (old) this.#setState(old, 'retired');
		this.#setState(row, 'active');
		for (const other of this.#rows) {
			if (other.kind !== row.kind) continue;
			other.shared = other === row ? row.vectors : this.#countShared(other, row);
			this.#touched.add(other);
		}
	}

	/** From here on there is no such generation; {@link DroppedGenerations} deletes what it leaves. */
	drop(row: GenerationRow): void {
		// Its model, and being the active one, are free for another.
		const noModel = `dropped ${randomUUID()}`;
		this.#db
			.prepare(
				`UPDATE generations SET dropping = 1, state = 'retired', model = ?, activate_when_complete = 0
				WHERE generation = ?`,
			)
			.run(noModel, row.generation);
		this.#db.prepare('DELETE FROM snapshots WHERE generation = ?').run(row.generation);
		this.#rows = this.#rows.filter((other) => other !== row);
		this.#touched.delete(row);
		this.#changed = true;
	}

	/**
	 * What the writes of a transaction have brought about: a generation that was waited for is
	 * complete, or the only one of a kind has lost its last vector (another model may follow).
	 * Returns the generations that became active.
	 */
	settle(): GenerationRow[] {
		const activated: GenerationRow[] = [];
		for (const row of [...this.#touched]) {
			const alone = !this.#rows.some((other) => other !== row && other.kind === row.kind);
			if (row.vectors === 0 && alone) this.drop(row);
			const active = this.active(row.kind);
			// Whichever of the two was written: deleting photos completes a generation as well.
			for (const waiting of this.#rows) {
				if (waiting.kind !== row.kind || !waiting.activateWhenComplete) continue;
				if (waiting.vectors === 0 || this.missing(waiting) > 0 || waiting === active) continue;
				this.activate(waiting);
				activated.push(waiting);
			}
		}
		return activated;
	}

	/** Writes the counters. Returns the generations if callers should hear of them. */
	flush(): GenerationRow[] | undefined {
		for (const row of this.#touched) {
			this.#db
				.prepare('UPDATE generations SET vectors = ?, shared = ? WHERE generation = ?')
				.run(row.vectors, row.shared, row.generation);
		}
		const changed = this.#changed;
		this.#touched.clear();
		this.#changed = false;
		return changed ? this.#rows.map((row) => ({ ...row })) : undefined;
	}

	#count(row: GenerationRow, held: ReadonlySet<number>, by: 1 | -1): void {
		row.vectors += by;
		this.#touched.add(row);
		if (row.state !== 'active') {
			const active = this.active(row.kind);
			if (active && held.has(active.generation)) row.shared += by;
			return;
		}
		row.shared += by;
		for (const other of this.#rows) {
			if (other === row || other.kind !== row.kind || !held.has(other.generation)) continue;
			other.shared += by;
			this.#touched.add(other);
		}
	}

	#setState(row: GenerationRow, state: Generation['state']): void {
		row.state = state;
		row.activateWhenComplete = false;
		this.#changed = true;
		this.#db
			.prepare('UPDATE generations SET state = ?, activate_when_complete = 0 WHERE generation = ?')
			.run(state, row.generation);
	}

	#countShared(one: GenerationRow, other: GenerationRow): number {
		const row = this.#db
			.prepare(
				`SELECT count(*) AS n FROM (
					SELECT photo FROM vectors WHERE generation IN (?, ?) GROUP BY photo HAVING count(*) = 2
				)`,
			)
			.get(one.generation, other.generation);
		return Number(row?.n);
	}
}
