import type { VectorKind } from '../../engine/index/vector-index';
import { RandomStream, uniformOf } from './random';

export const DIMENSION = 768;
export const SEED = 7;
/** Photos of one kind of thing lie together, in a space much smaller than that of the vectors. */
export const CLUSTERS = 200;
const LATENT = 64;
/**
 * Standard deviation around a cluster's centre, whose own is 1, and of the noise in each of the 768.
 * With 100,000 of them FAISS's HNSW32 finds 0.988 of the ten nearest at efSearch 64, and 8-bit codes
 * alone 0.985: neither is too easy, nor beyond what photos are like.
 */
const SPREAD = 0.5;
const NOISE = 0.1;

/** Rows that are made together; each such block has random numbers of its own. */
export const BLOCK = 1_024;

/** Which draws: photos of the index, queries, and photos that come later. */
export type Draw = 'photos' | 'queries' | 'fresh';
const SALT: Record<Draw, number> = { photos: 1, queries: 2, fresh: 3 };
const KEY: Record<VectorKind, number> = { image: 101, text: 202 };

/** Cluster of the row in both kinds: a photo's words speak of what it shows. */
export function clusterOf(row: number, draw: Draw = 'photos'): number {
	return Math.floor(CLUSTERS * uniformOf(row, SALT[draw]));
}

/**
 * Unit vectors as image encoders make them: points around 200 centres in a latent space of 64
 * dimensions, mapped up by a fixed random matrix, and a little noise. The kinds have different
 * centres and matrices.
 */
export class VectorMaker {
	/** Row by row of the 768, each with its 64 factors. */
	readonly #matrix: Float64Array;
	readonly #centres: Float64Array;
	readonly #key: number;

	constructor(kind: VectorKind) {
		this.#key = SEED * 1_000 + KEY[kind];
		const random = new RandomStream(this.#key, 0);
		const scale = 1 / Math.sqrt(LATENT);
		this.#matrix = Float64Array.from({ length: DIMENSION * LATENT }, () => scale * random.normal());
		this.#centres = Float64Array.from({ length: CLUSTERS * LATENT }, () => random.normal());
	}

	/** Fills `rows` (whole vectors, at most {@link BLOCK}) with those of a block. */
	fill(rows: Float32Array, draw: Draw, block: number): void {
		const count = rows.length / DIMENSION;
		const random = new RandomStream(this.#key + SALT[draw], block + 1);
		const latent = new Float64Array(Math.ceil(count / 4) * 4 * LATENT);
		for (let row = 0; row < count; row++) {
			const centre = clusterOf(block * BLOCK + row, draw) * LATENT;
			for (let l = 0; l < LATENT; l++) {
				latent[row * LATENT + l] = this.#centres[centre + l]! + SPREAD * random.normal();
			}
		}
		this.#mapUp(latent, rows, count);
		for (let row = 0; row < count; row++) {
			const offset = row * DIMENSION;
			let squares = 0;
			for (let i = offset; i < offset + DIMENSION; i++) {
				const value = rows[i]! + NOISE * random.roughlyNormal();
				rows[i] = value;
				squares += value * value;
			}
			const scale = 1 / Math.sqrt(squares);
			for (let i = offset; i < offset + DIMENSION; i++) rows[i] = rows[i]! * scale;
		}
	}

	/** Four rows at a time: each factor of the matrix is fetched once for them. */
	#mapUp(latent: Float64Array, rows: Float32Array, count: number): void {
		const matrix = this.#matrix;
		for (let row = 0; row < count; row += 4) {
			const at = row * LATENT;
			for (let j = 0; j < DIMENSION; j++) {
				let a = 0;
				let b = 0;
				let c = 0;
				let d = 0;
				for (let l = 0, m = j * LATENT, r = at; l < LATENT; l++, m++, r++) {
					const factor = matrix[m]!;
					a += factor * latent[r]!;
					b += factor * latent[r + LATENT]!;
					c += factor * latent[r + 2 * LATENT]!;
					d += factor * latent[r + 3 * LATENT]!;
				}
				const out = row * DIMENSION + j;
				rows[out] = a;
				// Past the end of a typed array nothing is written.
				rows[out + DIMENSION] = b;
				rows[out + 2 * DIMENSION] = c;
				rows[out + 3 * DIMENSION] = d;
			}
		}
	}
}
