/** What pixels.wasm exports. */
export {
	beginScan,
	decodeRow,
	emit420,
	emit422,
	emit444,
	emitGrey,
	unstuff,
	withinSegment,
} from './jpeg';
export { resampleColumns, resampleTwoRows } from './resample';

/** Where the memory is free for the caller. */
export function heapBase(): usize {
	return __heap_base;
}
