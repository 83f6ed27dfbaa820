/** What the decoder of simd/jpeg.ts needs to know of a JPEG. */
export interface JpegPlan {
	width: number;
	height: number;
	/** Luma samples per chroma sample, across and down; `grey` has no chroma. */
	sampling: 'grey' | '444' | '422' | '420';
	/** Luma, and the two chroma components. */
	components: ComponentTables[];
	/** Minimum coded units between two restart markers; 0: none. */
	restartInterval: number;
	/** Where the coded data begins. */
	scanStart: number;
}

export interface ComponentTables {
	/** 64 factors in rows. */
	quantities: Int16Array;
	dc: Int32Array;
	ac: Int32Array;
}

interface Component {
	id: number;
	across: number;
	down: number;
	quantities: number;
}

interface Huffman {
	/** How many codes there are of each length from 1 to 16. */
	counts: Uint8Array;
	symbols: Uint8Array;
}

const SAMPLING: Record<string, JpegPlan['sampling']> = {
	'1x1': '444',
	'2x1': '422',
	'2x2': '420',
};
const JFIF = 'JFIF\0';
const ADOBE = 'Adobe';
/** Below it, libjpeg does not filter the chroma. */
const MIN_WIDTH = 16;

/**
 * Reads the headers of an ordinary baseline JPEG: 8 bits, Huffman, one scan, grey or YCbCr in 4:4:4,
 * 4:2:2 or 4:2:0.
 *
 * @returns undefined for any other file and any doubt
 */
export function planJpeg(bytes: Uint8Array): JpegPlan | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const quantities = new Map<number, Int16Array>();
	const huffman = new Map<string, Huffman>();
	let frame: { width: number; height: number; components: Component[] } | undefined;
	let restartInterval = 0;
	let jfif = false;
	let adobeTransform: number | undefined;
	if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return undefined;
	for (let at = 2; at + 4 <= bytes.length; ) {
		if (bytes[at] !== 0xff) return undefined;
		const marker = bytes[at + 1]!;
		if (marker === 0xff) {
			at++;
			continue;
		}
		const end = at + 2 + view.getUint16(at + 2);
		if (end > bytes.length || end < at + 4) return undefined;
		const segment = bytes.subarray(at + 4, end);
		switch (marker) {
			case 0xdb:
				if (!readQuantities(segment, quantities)) return undefined;
				break;
			case 0xc4:
				if (!readHuffman(segment, huffman)) return undefined;
				break;
			case 0xc0:
			case 0xc1:
				if (frame) return undefined;
				frame = readFrame(segment);
				if (!frame) return undefined;
				break;
			case 0xdd:
				if (segment.length !== 2) return undefined;
				restartInterval = (segment[0]! << 8) | segment[1]!;
				break;
			case 0xe0:
				if (segment.length >= 14 && startsWith(segment, JFIF)) jfif = true;
				break;
			case 0xee:
				if (segment.length >= 12 && startsWith(segment, ADOBE)) adobeTransform = segment[11]!;
				break;
			case 0xda: {
				if (!frame) return undefined;
				const { width, height, components } = frame;
				const sampling = samplingOf(components);
				const tables = readScan(segment, components, quantities, huffman);
				if (!tables || !sampling || width < MIN_WIDTH) return undefined;
				if (components.length === 3 && !isYCbCr(components, jfif, adobeTransform)) {
					return undefined;
				}
				return { width, height, sampling, components: tables, restartInterval, scanStart: end };
			}
			default:
				// Application data and comments; all else is another kind of JPEG.
				if (!((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe)) return undefined;
		}
		at = end;
	}
	return undefined;
}

function startsWith(segment: Uint8Array, text: string): boolean {
	return [...text].every((letter, i) => segment[i] === letter.charCodeAt(0));
}

function readQuantities(segment: Uint8Array, into: Map<number, Int16Array>): boolean {
	for (let at = 0; at < segment.length; at += 65) {
		// The upper half says how wide the numbers are: 0 is one byte.
		const id = segment[at]!;
		if (id > 3 || at + 65 > segment.length) return false;
		const table = new Int16Array(64);
		ZIGZAG.forEach((place, i) => (table[place] = segment[at + 1 + i]!));
		into.set(id, table);
	}
	return true;
}

function readHuffman(segment: Uint8Array, into: Map<string, Huffman>): boolean {
	for (let at = 0; at < segment.length; ) {
		if (at + 17 > segment.length) return false;
		const isAc = segment[at]! >> 4;
		const id = segment[at]! & 15;
		const counts = segment.slice(at + 1, at + 17);
		const total = counts.reduce((sum, count) => sum + count, 0);
		at += 17;
		if (isAc > 1 || id > 3 || total > 256 || at + total > segment.length) return false;
		into.set(`${isAc}${id}`, { counts, symbols: segment.slice(at, at + total) });
		at += total;
	}
	return true;
}

function readFrame(
	segment: Uint8Array,
): { width: number; height: number; components: Component[] } | undefined {
	const [bits, heightHigh, heightLow, widthHigh, widthLow, count] = segment;
	if (bits !== 8 || (count !== 1 && count !== 3) || segment.length !== 6 + 3 * count) {
		return undefined;
	}
	const height = (heightHigh! << 8) | heightLow!;
	const width = (widthHigh! << 8) | widthLow!;
	if (height === 0 || width === 0) return undefined;
	const components: Component[] = [];
	for (let at = 6; at < segment.length; at += 3) {
		const factors = segment[at + 1]!;
		components.push({
			id: segment[at]!,
			across: factors >> 4,
			down: factors & 15,
			quantities: segment[at + 2]!,
		});
	}
	return { width, height, components };
}

function samplingOf([luma, cb, cr]: Component[]): JpegPlan['sampling'] | undefined {
	if (!cb || !cr) return 'grey';
	if (cb.across !== 1 || cb.down !== 1 || cr.across !== 1 || cr.down !== 1) return undefined;
	return SAMPLING[`${luma!.across}x${luma!.down}`];
}

/** As libjpeg guesses (jdapimin.c, default_decompress_parms). */
function isYCbCr(components: Component[], jfif: boolean, adobeTransform?: number): boolean {
	if (jfif) return true;
	if (adobeTransform !== undefined) return adobeTransform === 1;
	return components.every(({ id }, i) => id === i + 1);
}

function readScan(
	segment: Uint8Array,
	components: Component[],
	quantities: Map<number, Int16Array>,
	huffman: Map<string, Huffman>,
): ComponentTables[] | undefined {
	const count = components.length;
	if (segment[0] !== count || segment.length !== 4 + 2 * count) return undefined;
	// All coefficients at once, as baseline says.
	if (segment.at(-3) !== 0 || segment.at(-2) !== 63 || segment.at(-1) !== 0) return undefined;
	const tables: ComponentTables[] = [];
	for (const [i, component] of components.entries()) {
		if (segment[1 + 2 * i] !== component.id) return undefined;
		const ids = segment[2 + 2 * i]!;
		const factors = quantities.get(component.quantities);
		const dc = packHuffman(huffman.get(`0${ids >> 4}`), false);
		const ac = packHuffman(huffman.get(`1${ids & 15}`), true);
		if (!factors || !dc || !ac) return undefined;
		tables.push({ quantities: factors, dc, ac });
	}
	return tables;
}

/* The layout that simd/jpeg.ts reads. */
const LOOK_BITS = 11;
const VALUE_FOLLOWS = 0x40;
const LONG_CODE = 0x80;
const END_OF_BLOCK = 128;
const LONG_LIMITS = 1 << LOOK_BITS;
const LONG_OFFSETS = LONG_LIMITS + 17;
const SYMBOLS = LONG_OFFSETS + 17;
/** The widest difference that 8-bit samples need (ITU T.81, table F.1). */
const MAX_DC_BITS = 11;

/**
 * A Huffman table as one look at the next LOOK_BITS bits wants it: for each of them the decoded value
 * with its run of zeros and the bits that both take, where they fit.
 *
 * @returns undefined for a table that is none
 */
function packHuffman(huffman: Huffman | undefined, isAc: boolean): Int32Array | undefined {
	if (!huffman) return undefined;
	const { counts, symbols } = huffman;
	const packed = new Int32Array(SYMBOLS + 64).fill(LONG_CODE, 0, 1 << LOOK_BITS);
	packed.fill(-1, LONG_LIMITS, LONG_OFFSETS);
	new Uint8Array(packed.buffer, SYMBOLS * 4).set(symbols);
	let code = 0;
	let index = 0;
	for (let length = 1; length <= 16; length++, code <<= 1) {
		const count = counts[length - 1]!;
		packed[LONG_OFFSETS + length] = index - code;
		for (let i = 0; i < count; i++, code++, index++) {
			const symbol = symbols[index]!;
			if (!isAc && symbol > MAX_DC_BITS) return undefined;
			if (length <= LOOK_BITS) {
				const spare = LOOK_BITS - length;
				for (let rest = 0; rest < 1 << spare; rest++) {
					packed[(code << spare) | rest] = entryOf(symbol, isAc, length, rest, spare);
				}
			}
		}
		if (code > 1 << length) return undefined;
		if (count > 0) packed[LONG_LIMITS + length] = code - 1;
	}
	return packed;
}

function entryOf(
	symbol: number,
	isAc: boolean,
	length: number,
	rest: number,
	spare: number,
): number {
	const size = symbol & 15;
	const run = symbol >> 4;
	if (size === 0) {
		if (!isAc) return length;
		return ((run === 15 ? run : END_OF_BLOCK) << 8) | length;
	}
	if (size > spare) return (size << 16) | (run << 8) | VALUE_FOLLOWS | length;
	const bits = rest >> (spare - size);
	const value = bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
	return (value << 16) | (run << 8) | (length + size);
}

/** Where the nth coefficient of a block lies. */
const ZIGZAG = [
	0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
	13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52,
	45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];
