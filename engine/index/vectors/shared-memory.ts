import { EngineError } from '../../errors';

/** A WebAssembly memory that several threads see; it grows, but never moves. */
export interface SharedMemory {
	/** Of the length it has now: a longer one after it grew, also in another thread. */
	readonly buffer: SharedArrayBuffer;
	grow(pages: number): void;
}

/** Bytes of a WebAssembly page. */
export const PAGE_BYTES = 65_536;

/** Pages that 32-bit addresses reach. */
const MAX_PAGES = 65_536;

// TypeScript has WebAssembly's types only together with the browser's.
declare const WebAssembly: {
	Memory: new (limits: { initial: number; maximum: number; shared: true }) => SharedMemory;
	Module: new (bytes: Uint8Array) => object;
	Instance: new (
		module: object,
		imports: { env: { memory: SharedMemory } },
	) => { exports: unknown };
};

/** @throws EngineError `RUNTIME_UNAVAILABLE` where the process may not reserve address space */
export function createSharedMemory(bytes: number): SharedMemory {
	try {
		const initial = Math.ceil(bytes / PAGE_BYTES);
		return new WebAssembly.Memory({ initial, maximum: MAX_PAGES, shared: true });
	} catch (error) {
		throw new EngineError(
			'RUNTIME_UNAVAILABLE',
			'Vectors need 10 GB of address space (not of memory) for each index, and this process may not ' +
				'reserve them. Lift the limit on virtual memory (ulimit -v).',
			undefined,
			{ cause: error },
		);
	}
}

/** Makes the memory at least so long. Growing by much costs nothing until it is touched. */
export function growTo(memory: SharedMemory, bytes: number): void {
	const missing = bytes - memory.buffer.byteLength;
	if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
}

export function compileWasm(bytes: Uint8Array): object {
	return new WebAssembly.Module(bytes);
}

export function instantiateWasm(module: object, memory: SharedMemory): unknown {
	return new WebAssembly.Instance(module, { env: { memory } }).exports;
}
