/** Tokens by their UTF-8 bytes and the other way round, in typed arrays: 256,000 fit into 10 MB. */
export class Vocabulary {
	#arena = new Uint8Array(1 << 14);
	#used = 0;
	/** By id two numbers: where the bytes begin and end. */
	#spans = new Uint32Array(1 << 11);
	/** Open addressing; id + 1, 0 is free. */
	#slots = new Uint32Array(1 << 11);
	#size = 0;

	add(bytes: Uint8Array, start: number, end: number, id: number): void {
		this.#reserve(end - start, id);
		this.#spans[2 * id] = this.#used;
		for (let at = start; at < end; at++) this.#arena[this.#used++] = bytes[at]!;
		this.#spans[2 * id + 1] = this.#used;
		this.#insert(id);
		this.#size++;
	}

	/** @returns the id, or -1 */
	find(bytes: Uint8Array, start: number, end: number): number {
		const mask = this.#slots.length - 1;
		for (let slot = hash(bytes, start, end) & mask; ; slot = (slot + 1) & mask) {
			const id = this.#slots[slot]! - 1;
			if (id < 0) return -1;
			if (this.#equals(id, bytes, start, end)) return id;
		}
	}

	idOf(token: string): number {
		const bytes = Buffer.from(token, 'utf8');
		return this.find(bytes, 0, bytes.length);
	}

	/** Of a token made of two: that of their bytes one after the other, or -1. */
	findJoined(left: number, right: number): number {
		const joined = Buffer.concat([this.#bytesOf(left), this.#bytesOf(right)]);
		return this.find(joined, 0, joined.length);
	}

	#bytesOf(id: number): Uint8Array {
		return this.#arena.subarray(this.#spans[2 * id], this.#spans[2 * id + 1]);
	}

	#equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
		const from = this.#spans[2 * id]!;
		const length = end - start;
		if (this.#spans[2 * id + 1]! - from !== length) return false;
		for (let i = 0; i < length; i++) {
			if (this.#arena[from + i] !== bytes[start + i]) return false;
		}
		return true;
	}

	#insert(id: number): void {
		const mask = this.#slots.length - 1;
		let slot = hash(this.#arena, this.#spans[2 * id]!, this.#spans[2 * id + 1]!) & mask;
		while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
		this.#slots[slot] = id + 1;
	}

	#reserve(bytes: number, id: number): void {
		if (this.#used + bytes > this.#arena.length) {
			this.#arena = grown(this.#arena, Uint8Array, this.#used + bytes);
		}
		if (2 * id >= this.#spans.length) this.#spans = grown(this.#spans, Uint32Array, 2 * id + 2);
		if ((this.#size + 1) * 2 > this.#slots.length) {
			const old = this.#slots;
			this.#slots = new Uint32Array(old.length * 2);
			for (const entry of old) if (entry !== 0) this.#insert(entry - 1);
		}
	}
}

function grown<T extends Uint8Array | Uint32Array>(
	array: T,
	type: new (length: number) => T,
	length: number,
): T {
	const larger = new type(Math.max(length, array.length * 2));
	larger.set(array);
	return larger;
}

/** FNV-1a, 32 bits. */
function hash(bytes: Uint8Array, start: number, end: number): number {
	let value = 0x811c9dc5;
	for (let i = start; i < end; i++) value = Math.imul(value ^ bytes[i]!, 0x01000193);
	return value ^ (value >>> 15);
}
