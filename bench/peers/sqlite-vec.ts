import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { load, portions, servePeer, taskOf, type Peer, type PeerTask } from './peer';

/**
 * sqlite-vec's table: every vector is compared. `exact` compares the vectors themselves; `binary`
 * their signs first, as its documentation recommends for many, and the best of those exactly.
 */
class SqliteVecPeer implements Peer {
	readonly #package = load<{ getLoadablePath(): string }>('sqlite-vec');
	readonly version = this.#package.version;
	readonly setting: Peer['setting'];
	readonly #binary: boolean;
	readonly #db: DatabaseSync;
	#select: StatementSync | undefined;

	constructor({ folder, variant, dimension }: PeerTask) {
		this.#binary = variant === 'binary';
		// 4,096 is the most it gives.
		const values = [40, 80, 160, 320, 640, 1_280, 2_560, 4_096];
		this.setting = this.#binary ? { name: 'candidates', values } : null;
		this.#db = new DatabaseSync(join(folder, 'photos.db'), { allowExtension: true });
		this.#db.loadExtension(this.#package.getLoadablePath());
		const signs = this.#binary ? `, signs bit[${dimension}]` : '';
		this.#db.exec(
			`PRAGMA journal_mode = wal;
			CREATE VIRTUAL TABLE photos USING vec0(id text PRIMARY KEY, vector float[${dimension}]${signs})`,
		);
	}

	build(task: PeerTask): void {
		const insert = this.#db.prepare(
			this.#binary
				? 'INSERT INTO photos(id, vector, signs) VALUES (?1, ?2, vec_quantize_binary(?2))'
				: 'INSERT INTO photos(id, vector) VALUES (?, ?)',
		);
		for (const { vectors, ids } of portions(task)) {
			this.#db.exec('BEGIN');
			ids.forEach((id, i) => {
				insert.run(id, bytesOf(vectors.subarray(i * task.dimension, (i + 1) * task.dimension)));
			});
			this.#db.exec('COMMIT');
		}
		this.set(0);
	}

	set(candidates: number): void {
		this.#select = this.#db.prepare(
			this.#binary
				? `WITH near AS (SELECT id, vector FROM photos
						WHERE signs MATCH vec_quantize_binary(?1) AND k = ${candidates})
					SELECT id FROM near ORDER BY vec_distance_l2(vector, ?1) LIMIT ?2`
				: // For unit vectors the distance orders as the cosine does.
					'SELECT id FROM photos WHERE vector MATCH ?1 AND k = ?2',
		);
	}

	search(query: Float32Array, k: number): string[] {
		return this.#select!.all(bytesOf(query), k).map(({ id }) => id as string);
	}
}

function bytesOf(floats: Float32Array): Uint8Array {
	return new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
}

servePeer(new SqliteVecPeer(taskOf()));
