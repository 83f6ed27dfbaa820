import type { VectorStore } from '../catalogue/vector-store';
import type { VectorMatrix } from './matrix';
import { MAX_LINKS, ROW_LINK_COUNT, ROW_LINKS } from './matrix-layout';

/** A code gives its own vector's cosine at least so well, at any dimension. */
const MIN_OWN_COSINE = 0.98;

/** Vectors compared between two turns of the event loop: a few milliseconds. */
const SLICE_ROWS = 500;

/** A write that is in SQLite is in memory a moment later. */
const PATIENCE_MS = 200;

export interface MatrixFindings {
	/** Photos whose vector in memory is not the stored one. */
	photos: number[];
	/** Rows whose links are none. */
	badLinks: number;
}

/**
 * Compares a matrix with the stored vectors: each has a live row with its `seq` and its code, no live
 * row is of anything else, and links lead to rows. Searches and writes may go on.
 */
export async function verifyMatrix(
	current: () => VectorMatrix,
	store: VectorStore,
): Promise<MatrixFindings> {
	let photos = await differing(current, store);
	if (photos.size > 0) {
		await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
		const again = await differing(current, store);
		photos = new Set([...photos].filter((photo) => again.has(photo)));
	}
	return { photos: [...photos], badLinks: await countBadLinks(current()) };
}

async function differing(current: () => VectorMatrix, store: VectorStore): Promise<Set<number>> {
	const photos = new Set<number>();
	const vector = new Float32Array(store.dimension);
	const bytes = new Uint8Array(vector.buffer);
	let seen = 0;
	for (const row of store.rows()) {
		// Damaged ones are found by whoever looks at the database alone.
		if (row.bytes.length === bytes.length) {
			bytes.set(row.bytes);
			if (!agrees(current(), row.photo, row.seq, vector)) photos.add(row.photo);
		}
		if (++seen % SLICE_ROWS === 0) await new Promise((resolve) => setImmediate(resolve));
	}
	const matrix = current();
	for (let from = 0; from < matrix.rows; from += SLICE_ROWS) {
		const to = Math.min(matrix.rows, from + SLICE_ROWS);
		const live = Array.from({ length: to - from }, (_, i) => from + i).filter((row) =>
			matrix.isLive(row),
		);
		const stored = store.vectors(live.map((row) => matrix.seqOf(row)));
		for (const row of live) if (!stored.has(matrix.seqOf(row))) photos.add(matrix.photoOf(row));
		await new Promise((resolve) => setImmediate(resolve));
	}
	return photos;
}

function agrees(matrix: VectorMatrix, photo: number, seq: number, vector: Float32Array): boolean {
	const row = matrix.rowOf(photo);
	if (row === undefined || matrix.seqOf(row) !== seq) return false;
	matrix.kernel.setQuery(vector);
	matrix.kernel.scoreList(Uint32Array.of(row));
	return matrix.kernel.scores[0]! >= MIN_OWN_COSINE;
}

async function countBadLinks(matrix: VectorMatrix): Promise<number> {
	const { rows: first, stride } = matrix.layout;
	const { linked, memory } = matrix;
	let bad = 0;
	for (let row = 0; row < linked; row++) {
		if (row % (10 * SLICE_ROWS) === 0) await new Promise((resolve) => setImmediate(resolve));
		const heads = new DataView(memory.buffer, first + row * stride);
		const count = heads.getUint32(ROW_LINK_COUNT, true);
		let isBad = count > MAX_LINKS;
		for (let i = 0; i < count && !isBad; i++) {
			isBad = heads.getUint32(ROW_LINKS + 4 * i, true) >= matrix.rows;
		}
		if (isBad) bad++;
	}
	return bad;
}
