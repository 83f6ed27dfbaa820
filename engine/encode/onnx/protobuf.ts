/**
 * The protobuf wire format, as much of it as ONNX files use: reading in place from a file of any
 * size, and writing pieces whose payload may stay in another file. A library would hold hundreds of
 * megabytes of weights in memory to change a few nodes.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const VARINT = 0;
const FIXED64 = 1;
export const BYTES = 2;
const FIXED32 = 5;

/** A stretch of a file that nobody has read yet. */
export interface FileRange {
	file: string;
	offset: number;
	length: number;
}

/** One field of a message. `offset` and `length` are those of the payload, without key and length. */
export interface Field {
	number: number;
	wireType: number;
	offset: number;
	length: number;
	/** Of a varint field: its value as a signed 64-bit number. */
	value: number;
}

const WINDOW_BYTES = 1 << 16;

/** Random access to a file, or to bytes in memory, through a small window. */
export class ByteSource {
	readonly size: number;
	readonly #fd: number | undefined;
	#window: Uint8Array;
	#windowStart = 0;

	constructor(from: string | Uint8Array) {
		if (typeof from === 'string') {
			this.#fd = openSync(from, 'r');
			this.size = fstatSync(this.#fd).size;
			this.#window = new Uint8Array(0);
		} else {
			this.size = from.length;
			this.#window = from;
		}
	}

	/** @throws RangeError where the file ends before `offset + length` */
	read(offset: number, length: number): Uint8Array {
		if (offset < 0 || length < 0 || offset + length > this.size) {
			throw new RangeError(`bytes ${offset} to ${offset + length} of ${this.size}`);
		}
		const inWindow = offset - this.#windowStart;
		if (inWindow >= 0 && inWindow + length <= this.#window.length) {
			return this.#window.subarray(inWindow, inWindow + length);
		}
		if (length >= WINDOW_BYTES) return this.#fill(new Uint8Array(length), offset);
		this.#window = this.#fill(new Uint8Array(Math.min(WINDOW_BYTES, this.size - offset)), offset);
		this.#windowStart = offset;
		return this.#window.subarray(0, length);
	}

	/** The fields of the message that lies from `start` to `end`, in order. */
	*fields(start = 0, end = this.size): Generator<Field> {
		let at = start;
		const varint = () => {
			const [value, length] = readVarint(this.read(at, Math.min(MAX_VARINT, end - at)));
			at += length;
			return value;
		};
		while (at < end) {
			const key = varint();
			const field = { number: key >>> 3, wireType: key & 7, offset: at, length: 0, value: 0 };
			if (field.wireType === VARINT) field.value = varint();
			else if (field.wireType === FIXED64) at += 8;
			else if (field.wireType === FIXED32) at += 4;
			else if (field.wireType === BYTES) {
				field.length = varint();
				field.offset = at;
				at += field.length;
			} else throw new RangeError(`wire type ${field.wireType} at byte ${at}`);
			if (field.wireType !== BYTES) field.length = at - field.offset;
			if (at > end) throw new RangeError(`a field ends ${at - end} bytes behind its message`);
			yield field;
		}
	}

	text({ offset, length }: Field): string {
		return Buffer.from(this.read(offset, length)).toString('utf8');
	}

	/** A copy: the window moves on. */
	bytes({ offset, length }: Field): Uint8Array {
		return this.read(offset, length).slice();
	}

	/** Values of a repeated integer field, packed or not. */
	integers(field: Field): number[] {
		if (field.wireType === VARINT) return [field.value];
		const bytes = this.read(field.offset, field.length);
		const values: number[] = [];
		for (let at = 0; at < bytes.length; ) {
			const [value, length] = readVarint(bytes.subarray(at, at + MAX_VARINT));
			values.push(value);
			at += length;
		}
		return values;
	}

	close(): void {
		if (this.#fd !== undefined) closeSync(this.#fd);
	}

	#fill(target: Uint8Array, offset: number): Uint8Array {
		for (let have = 0; have < target.length; ) {
			const read = readSync(this.#fd!, target, have, target.length - have, offset + have);
			if (read === 0) throw new RangeError(`the file ends at byte ${offset + have}`);
			have += read;
		}
		return target;
	}
}

/** Seven bits a byte, 64 bits at most. */
const MAX_VARINT = 10;

function readVarint(bytes: Uint8Array): [value: number, length: number] {
	// Almost all are lengths and field keys of a few bytes.
	let value = 0;
	for (let i = 0; i < Math.min(4, bytes.length); i++) {
		value |= (bytes[i]! & 0x7f) << (7 * i);
		if (bytes[i]! < 0x80) return [value, i + 1];
	}
	let wide = 0n;
	for (let i = 0; i < bytes.length; i++) {
		wide |= BigInt(bytes[i]! & 0x7f) << BigInt(7 * i);
		if (bytes[i]! < 0x80) return [Number(BigInt.asIntN(64, wide)), i + 1];
	}
	throw new RangeError('a varint does not end');
}

/** What a message is written from: bytes, what another file holds, or bytes made when their turn comes. */
export type Piece = Uint8Array | FileRange | { length: number; make: () => Uint8Array };

export function lengthOf(pieces: readonly Piece[]): number {
	return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

function varint(value: number): Uint8Array {
	const bytes: number[] = [];
	let rest = BigInt.asUintN(64, BigInt(value));
	do {
		const low = Number(rest & 0x7fn);
		rest >>= 7n;
		bytes.push(rest > 0n ? low | 0x80 : low);
	} while (rest > 0n);
	return Uint8Array.from(bytes);
}

export function integerField(number: number, value: number): Piece[] {
	return [varint((number << 3) | VARINT), varint(value)];
}

export function floatField(number: number, value: number): Piece[] {
	const bytes = Buffer.alloc(4);
	bytes.writeFloatLE(value);
	return [varint((number << 3) | FIXED32), bytes];
}

export function textField(number: number, value: string): Piece[] {
	return messageField(number, [Buffer.from(value, 'utf8')]);
}

/** A nested message, or any bytes. */
export function messageField(number: number, pieces: Piece[]): Piece[] {
	return [varint((number << 3) | BYTES), varint(lengthOf(pieces)), ...pieces];
}

const NAME_FIELD = 1;

/** AttributeProto and ValueInfoProto both carry their name in field 1. */
export function nameIn(source: ByteSource, message: Field): string {
	for (const field of source.fields(message.offset, message.offset + message.length)) {
		if (field.number === NAME_FIELD) return source.text(field);
	}
	return '';
}
