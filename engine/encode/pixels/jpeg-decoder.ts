import type { ComponentTables, JpegPlan } from './jpeg-plan';
import type { PixelMemory } from './pixel-memory';
import type { PillowResize } from './pillow-resize';

/** What simd/jpeg.ts reads and writes past the width of a row. */
const MARGIN = 32;
const BLOCK = 8;
/** A restart marker for each unit of a large photo would be more; nobody writes that. */
const MAX_SEGMENTS = 65_536;

/**
 * Decodes an ordinary baseline JPEG straight into a resizer, one row of blocks after the other, so
 * that the whole image never lies in memory. Equal to libjpeg-turbo to the byte.
 *
 * @param resize made for whole rows
 * @returns false where the data is not as it should be; the resizer is then of no use
 */
export function decodeInto(bytes: Uint8Array, plan: JpegPlan, resize: PillowResize): boolean {
	const { memory } = resize;
	const { code } = memory;
	const { width, height, sampling } = plan;
	const across = sampling === '420' || sampling === '422' ? 2 : 1;
	const down = sampling === '420' ? 2 : 1;
	const unitRows = down * BLOCK;
	const units = Math.ceil(width / (across * BLOCK));

	const expected = plan.restartInterval
		? Math.ceil((units * Math.ceil(height / unitRows)) / plan.restartInterval)
		: 1;
	if (expected > MAX_SEGMENTS) return false;
	const scan = bytes.subarray(plan.scanStart);
	// Zeros behind the data: it is read sixteen bytes at a time.
	const scanAt = memory.take(scan.length + MARGIN);
	memory.bytes(scanAt + scan.length, MARGIN).fill(0);
	memory.bytes(scanAt, scan.length).set(scan);
	const segments = memory.take((expected + 1) * 4);
	const found = code.unstuff(scanAt, scanAt + scan.length + MARGIN, segments, expected);
	if (found !== expected) return false;

	const [luma, cb, cr] = plan.components.map((tables) => putTables(memory, tables));
	// A row above the luma and chroma rows in hand, and one below the chroma.
	const lumaStride = units * across * BLOCK + MARGIN;
	const chromaStride = units * BLOCK + 2 * MARGIN;
	const lumaAt = memory.take((unitRows + 1) * lumaStride);
	const chromaBytes = (BLOCK + 2) * chromaStride;
	const cbAt = memory.take(chromaBytes) + MARGIN;
	const crAt = memory.take(chromaBytes) + MARGIN;
	const chromaWidth = Math.ceil(width / across);
	const chromaHeight = Math.ceil(height / down);

	/** Row `row` of the image from luma line `line`, and from chroma lines 4:2:0 weighs. */
	const emit = (line: number, to: number): void => {
		const lumaRow = lumaAt + line * lumaStride;
		if (sampling === 'grey') return code.emitGrey(lumaRow, to, width);
		if (sampling !== '420') {
			const at = line * chromaStride;
			const emitRow = sampling === '422' ? code.emit422 : code.emit444;
			return emitRow(lumaRow, cbAt + at, crAt + at, to, width);
		}
		// Luma lines 1 and 2 stand beside chroma line 1, upper and lower half.
		const near = (line + 1) >> 1;
		const far = line % 2 === 1 ? near - 1 : near + 1;
		const [n, f] = [near * chromaStride, far * chromaStride];
		code.emit420(lumaRow, cbAt + n, cbAt + f, crAt + n, crAt + f, to, width);
	};

	code.beginScan(scanAt, segments, plan.restartInterval);
	const sink = new StripSink(resize);
	const { top: firstRow, height: rowCount } = resize.reach;
	const end = firstRow + rowCount;
	for (let top = 0; top < height && sink.row < end; top += unitRows) {
		const decoded = code.decodeRow(
			units,
			across,
			down,
			luma!,
			cb ?? 0,
			cr ?? 0,
			lumaAt + lumaStride,
			lumaStride,
			cbAt + chromaStride,
			crAt + chromaStride,
			chromaStride,
		);
		if (!decoded) return false;
		const first = top === 0;
		const last = top + unitRows >= height;
		if (cb) {
			const chromaRows = Math.min(BLOCK, chromaHeight - top / down);
			for (const plane of [cbAt, crAt]) {
				const lines = memory.bytes(plane - MARGIN, chromaBytes);
				for (let line = 1; line <= chromaRows; line++) {
					const from = MARGIN + line * chromaStride;
					lines[from - 1] = lines[from]!;
					lines[from + chromaWidth] = lines[from + chromaWidth - 1]!;
				}
				// Outside of the image, the outermost row once more.
				if (first) copyLine(lines, chromaStride, 1, 0);
				if (last) copyLine(lines, chromaStride, chromaRows, chromaRows + 1);
			}
		}
		// The last row waits for the chroma below it.
		const delay = sampling === '420' ? 1 : 0;
		const from = first ? 1 : 1 - delay;
		const until = last ? height - top + 1 : unitRows + 1 - delay;
		for (let line = from; line < until; line++) sink.take((to) => emit(line, to));
		if (delay && !last) {
			copyLine(memory.bytes(lumaAt, (unitRows + 1) * lumaStride), lumaStride, unitRows, 0);
			for (const plane of [cbAt, crAt]) {
				copyLine(memory.bytes(plane - MARGIN, chromaBytes), chromaStride, BLOCK, 0);
			}
		}
	}
	sink.flush();
	return code.withinSegment() === 1;
}

function copyLine(lines: Uint8Array, stride: number, from: number, to: number): void {
	lines.copyWithin(to * stride, from * stride, (from + 1) * stride);
}

/** @returns the address of three addresses */
function putTables(memory: PixelMemory, { quantities, dc, ac }: ComponentTables): number {
	return memory.put(Int32Array.of(memory.put(quantities), memory.put(dc), memory.put(ac)));
}

/** Rows of the image, one by one, into the resizer's strip; those it does not want are dropped. */
class StripSink {
	readonly #resize: PillowResize;
	#inStrip = 0;
	/** The image's row that comes next. */
	row = 0;

	constructor(resize: PillowResize) {
		this.#resize = resize;
	}

	take(emit: (to: number) => void): void {
		const { reach, stripAddress, stripStride, stripRows } = this.#resize;
		if (this.row >= reach.top && this.row < reach.top + reach.height) {
			emit(stripAddress + this.#inStrip * stripStride);
			if (++this.#inStrip === stripRows) this.flush();
		}
		this.row++;
	}

	flush(): void {
		if (this.#inStrip > 0) this.#resize.take(this.#inStrip);
		this.#inStrip = 0;
	}
}
