/** What pixels.wasm exports. */
export { resampleColumns, resampleTwoRows } from './resample';

/** Where the memory is free for the caller. */
export function heapBase(): usize {
	return __heap_base;
}
