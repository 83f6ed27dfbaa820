import { createMatrixMemory } from './kernel';
import { layoutOf, ROW_LIVE, ROW_SCALE } from './matrix-layout';
import { growTo, type SharedMemory } from './shared-memory';

export interface CopyRequest {
	memory: SharedMemory;
	dimension: number;
	/** Rows to look at: those before this one. */
	count: number;
}

/** A matrix without tombstones, and without a graph. */
export interface Copied {
	memory: SharedMemory;
	/** The old row of each new one, ascending. */
	kept: Uint32Array<ArrayBuffer>;
	largestScale: number;
}

/** Rows between two turns of the event loop. */
const SLICE_ROWS = 10_000;

/** Copies the live rows of a matrix to a new one, in their order. */
export async function copyLiveRows({ memory, dimension, count }: CopyRequest): Promise<Copied> {
	const { rows, stride, code, padded } = layoutOf(dimension);
	const heads = new DataView(memory.buffer);
	const isLive = (row: number) => heads.getUint32(rows + row * stride + ROW_LIVE, true) === 1;
	const kept = Uint32Array.from({ length: count }, (_, row) => row).filter(isLive);
	const copy = createMatrixMemory(layoutOf(dimension));
	growTo(copy, rows + kept.length * stride);
	const copiedHeads = new DataView(copy.buffer);
	let largestScale = 0;
	for (let to = 0; to < kept.length; to++) {
		if (to % SLICE_ROWS === 0) await new Promise((resolve) => setImmediate(resolve));
		const from = rows + kept[to]! * stride;
		const at = rows + to * stride;
		const scale = heads.getFloat32(from + ROW_SCALE, true);
		largestScale = Math.max(largestScale, scale);
		copiedHeads.setFloat32(at + ROW_SCALE, scale, true);
		copiedHeads.setUint32(at + ROW_LIVE, 1, true);
		const codes = new Uint8Array(memory.buffer, from + code, padded);
		new Uint8Array(copy.buffer, at + code, padded).set(codes);
	}
	return { memory: copy, kept, largestScale };
}
