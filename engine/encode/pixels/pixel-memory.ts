import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EngineError } from '../../errors';

/** What simd/ exports; addresses are byte offsets into the memory. */
export interface PixelCode {
	heapBase(): number;
	resampleTwoRows(
		from: number,
		fromStride: number,
		to: number,
		toStride: number,
		positions: number,
		weights: number,
		lowOffset: number,
		shift: number,
		outWidth: number,
	): void;
	resampleColumns(
		from: number,
		stride: number,
		to: number,
		weights: number,
		pairs: number,
		length: number,
	): void;
	unstuff(from: number, end: number, segments: number, maxSegments: number): number;
	beginScan(from: number, segments: number, interval: number): void;
	/** 1 where no more was read than there is. */
	withinSegment(): number;
	/** 0 where the data is broken. */
	decodeRow(
		units: number,
		acrossLuma: number,
		downLuma: number,
		lumaTables: number,
		cbTables: number,
		crTables: number,
		luma: number,
		lumaStride: number,
		cb: number,
		cr: number,
		chromaStride: number,
	): number;
	emit420(
		luma: number,
		cbNear: number,
		cbFar: number,
		crNear: number,
		crFar: number,
		to: number,
		width: number,
	): void;
	emit422(luma: number, cb: number, cr: number, to: number, width: number): void;
	emit444(luma: number, cb: number, cr: number, to: number, width: number): void;
	emitGrey(luma: number, to: number, width: number): void;
}

/** The little of WebAssembly's JavaScript interface that is used; @types/node has none of it. */
declare const WebAssembly: {
	Memory: new (limits: { initial: number }) => WasmMemory;
	Module: new (bytes: Uint8Array) => object;
	Instance: new (module: object, imports: { env: { memory: WasmMemory } }) => { exports: unknown };
};
interface WasmMemory {
	readonly buffer: ArrayBuffer;
	grow(pages: number): void;
}

/** What simd/ reads or writes past a row's end at most. */
export const OVERREAD = 64;
const PAGE = 65_536;
/** A memory cannot shrink: one that a single huge file made grow further is replaced after it. */
const KEPT_BYTES = 16e6;
/** Compiled once: the optimised code belongs to it. */
let compiled: object | undefined;
const CODE_FILE = path.join(__dirname, 'pixels.wasm');

/**
 * The WebAssembly instance of a thread and its memory, which is handed out piece by piece and taken
 * back as a whole: the next image overwrites the last one's.
 */
export class PixelMemory {
	static #ofThread: PixelMemory | undefined;

	readonly code: PixelCode;
	readonly #memory = new WebAssembly.Memory({ initial: 1 });
	readonly #base: number;
	#used: number;

	/** @throws EngineError `RUNTIME_UNAVAILABLE` on a CPU without SIMD */
	constructor() {
		try {
			compiled ??= new WebAssembly.Module(readFileSync(CODE_FILE));
			const instance = new WebAssembly.Instance(compiled, { env: { memory: this.#memory } });
			this.code = instance.exports as PixelCode;
		} catch (error) {
			throw new EngineError(
				'RUNTIME_UNAVAILABLE',
				'Images cannot be resized here: WebAssembly SIMD is missing. Run the engine on another machine.',
				undefined,
				{ cause: error },
			);
		}
		this.#base = this.code.heapBase();
		this.#used = this.#base;
	}

	static ofThread(): PixelMemory {
		const kept = PixelMemory.#ofThread;
		if (kept && kept.#memory.buffer.byteLength <= KEPT_BYTES) return kept;
		return (PixelMemory.#ofThread = new PixelMemory());
	}

	/** Forgets all that was handed out. */
	reset(): void {
		this.#used = this.#base;
	}

	/** @returns the address of `size` bytes, aligned for SIMD; what lies there is not cleared */
	take(size: number): number {
		const address = (this.#used + 15) & ~15;
		this.#used = address + size;
		const missing = this.#used - this.#memory.buffer.byteLength;
		if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
		return address;
	}

	put(values: Int32Array | Int16Array): number {
		const address = this.take(values.byteLength);
		this.bytes(address, values.byteLength).set(
			new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
		);
		return address;
	}

	/** A view, valid until the next `take`. */
	bytes(address: number, length: number): Uint8Array {
		return new Uint8Array(this.#memory.buffer, address, length);
	}
}
