import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, openSync, readSync, writeSync } from 'node:fs';

/**
 * faiss-node has no setters for efSearch and efConstruction, but the values are stored in the file
 * that FAISS writes, so they are set there and read back. The layout is that of faiss/impl/index_write.cpp (checked with
 * libfaiss 1.7.3): fourcc, d (i32), ntotal (i64), two unused i64, is_trained (u8), metric (i32);
 * then the graph's five arrays, each a u64 length and its elements; then five i32; then the index
 * that stores the vectors, which begins with its own fourcc.
 */
const HEADER_BYTES = 37;
/** HNSW over a scalar quantizer, and that quantizer. */
const HNSW_SQ = 'IHNs';
const STORAGE_SQ = 'IxSQ';
const METRIC_INNER_PRODUCT = 0;
/** assign_probas, cum_nneighbor_per_level, levels, offsets, neighbors. */
const ARRAY_ELEMENT_BYTES = [8, 4, 4, 8, 4] as const;
/** Behind the arrays: entry_point, max_level, efConstruction, efSearch, upper_beam, storage. */
const EF_CONSTRUCTION_OFFSET = 8;
const EF_SEARCH_OFFSET = 12;
const STORAGE_OFFSET = 20;

export interface HnswHeader {
	dimension: number;
	count: number;
	trained: boolean;
	efConstruction: number;
	efSearch: number;
	/** Of the i32 that follow the arrays. */
	offset: number;
}

/** Candidates in view while a vector is linked, and while one is looked for. */
export interface Breadths {
	efConstruction?: number;
	efSearch: number;
}

/** What the file says it is. Throws if it is not an HNSW index of 8-bit codes for inner products. */
export function readHnswHeader(file: string): HnswHeader {
	const fd = openSync(file, 'r');
	try {
		const size = fstatSync(fd).size;
		const read = (offset: number, length: number): Buffer => {
			const bytes = Buffer.alloc(length);
			if (offset + length > size || readSync(fd, bytes, 0, length, offset) !== length) {
				throw new Error('the file ends too early');
			}
			return bytes;
		};
		const header = read(0, HEADER_BYTES);
		if (header.toString('latin1', 0, 4) !== HNSW_SQ) throw new Error('not an HNSW index');
		if (header.readInt32LE(33) !== METRIC_INNER_PRODUCT) throw new Error('not for inner products');
		let offset = HEADER_BYTES;
		for (const width of ARRAY_ELEMENT_BYTES) {
			offset += 8 + width * Number(read(offset, 8).readBigUInt64LE());
		}
		if (read(offset + STORAGE_OFFSET, 4).toString('latin1') !== STORAGE_SQ) {
			throw new Error('its layout is not the one known');
		}
		return {
			dimension: header.readInt32LE(4),
			count: Number(header.readBigInt64LE(8)),
			trained: header[32] === 1,
			efConstruction: read(offset + EF_CONSTRUCTION_OFFSET, 4).readInt32LE(),
			efSearch: read(offset + EF_SEARCH_OFFSET, 4).readInt32LE(),
			offset,
		};
	} finally {
		closeSync(fd);
	}
}

/** Sets the breadths that the index in this file goes on with. */
export function patchBreadths(file: string, { efConstruction, efSearch }: Breadths): void {
	const { offset, ...held } = readHnswHeader(file);
	const bytes = Buffer.alloc(8);
	bytes.writeInt32LE(efConstruction ?? held.efConstruction, 0);
	bytes.writeInt32LE(efSearch, EF_SEARCH_OFFSET - EF_CONSTRUCTION_OFFSET);
	const fd = openSync(file, 'r+');
	try {
		writeSync(fd, bytes, 0, bytes.length, offset + EF_CONSTRUCTION_OFFSET);
	} finally {
		closeSync(fd);
	}
}

/** SHA-256 of a file, in hex. Between its pieces other requests pass. */
export async function sha256Of(file: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
		hash.update(chunk as Buffer);
	}
	return hash.digest('hex');
}
