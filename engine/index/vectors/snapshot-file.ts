import {
	closeSync,
	fsyncSync,
	openSync,
	readSync,
	renameSync,
	rmSync,
	statfsSync,
	writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';

/** Rows of a matrix as a file holds them. */
export interface RowsFile {
	dimension: number;
	/** Bytes of a row, and where in it things are, follow from this number and the dimension. */
	format: number;
	count: number;
	linked: number;
}

/** Rises when a row's layout, the rotation or the graph's rules change: older files are built anew. */
export const ROWS_FORMAT = 1;

const MAGIC = 'SISROWS\n';
const HEAD_BYTES = 4_096;
const BLOCK_BYTES = 4 * 1024 * 1024;

/**
 * Writes a file of a head and some memory beside its place, syncs it and moves it there: a crash
 * leaves either no such file or all of it. Answers its checksum.
 *
 * @throws Error if the disk has too little room, before anything is written
 */
export function writeRowsFile(file: string, head: RowsFile, parts: Uint8Array[]): string {
	const bytes = parts.reduce((sum, part) => sum + part.byteLength, HEAD_BYTES);
	const { bavail, bsize } = statfsSync(dirname(file));
	// The truth must never lack the room that a snapshot took.
	if (bavail * bsize < 2 * bytes) {
		throw new Error(`the disk has too little room for a snapshot of ${bytes} bytes`);
	}
	const beside = `${file}.tmp`;
	try {
		const checksum = writeParts(beside, head, parts);
		renameSync(beside, file);
		syncFolder(dirname(file));
		return checksum;
	} catch (error) {
		rmSync(beside, { force: true });
		throw error;
	}
}

function writeParts(file: string, head: RowsFile, parts: Uint8Array[]): string {
	const first = Buffer.alloc(HEAD_BYTES);
	first.write(MAGIC + JSON.stringify(head));
	const fd = openSync(file, 'w', 0o600);
	try {
		let checksum = 0;
		for (const part of [first, ...parts]) {
			for (let at = 0; at < part.byteLength; at += BLOCK_BYTES) {
				const block = part.subarray(at, at + BLOCK_BYTES);
				checksum = crc32(block, checksum);
				writeWhole(fd, block);
			}
		}
		fsyncSync(fd);
		return hex(checksum);
	} finally {
		closeSync(fd);
	}
}

/** Reads the head of such a file and leaves the rest to {@link RowsReader.read}. */
export class RowsReader {
	readonly head: RowsFile;
	readonly #fd: number;
	#checksum: number;

	/** @throws Error if it is no such file */
	constructor(file: string) {
		this.#fd = openSync(file, 'r');
		const first = Buffer.alloc(HEAD_BYTES);
		try {
			readSync(this.#fd, first, 0, HEAD_BYTES, null);
			const text = first.toString('utf8');
			if (!text.startsWith(MAGIC)) throw new Error('it is no snapshot of rows');
			this.head = JSON.parse(text.slice(MAGIC.length).split('\0', 1)[0]!) as RowsFile;
		} catch (error) {
			closeSync(this.#fd);
			throw error;
		}
		this.#checksum = crc32(first, 0);
	}

	/** Fills a part of memory with what comes next. @throws Error if the file ends before */
	read(part: Uint8Array): void {
		for (let at = 0; at < part.byteLength; at += BLOCK_BYTES) {
			const block = part.subarray(at, at + BLOCK_BYTES);
			for (let done = 0; done < block.byteLength; ) {
				const read = readSync(this.#fd, block, done, block.byteLength - done, null);
				if (read === 0) throw new Error('it ends too early');
				done += read;
			}
			this.#checksum = crc32(block, this.#checksum);
		}
	}

	/** Of all that was read. */
	get checksum(): string {
		return hex(this.#checksum);
	}

	close(): void {
		closeSync(this.#fd);
	}
}

const hex = (checksum: number) => checksum.toString(16).padStart(8, '0');

function writeWhole(fd: number, block: Uint8Array): void {
	for (let done = 0; done < block.byteLength; ) {
		done += writeSync(fd, block, done, block.byteLength - done, null);
	}
}

function syncFolder(folder: string): void {
	// Windows knows no handle of a folder, and needs none.
	if (process.platform === 'win32') return;
	const fd = openSync(folder, 'r');
	try {
		fsyncSync(fd);
	} finally {
		closeSync(fd);
	}
}
