/**
 * SentencePiece's compiled normalisation (`precompiled_charsmap`): which sequence of characters
 * becomes which. The longest sequence known at a place is replaced, as SentencePiece does
 * (normalizer.cc); what is not known stays.
 *
 * The map is a little-endian uint32 length, a double-array trie of that many bytes, and the
 * replacements as UTF-8 strings that end in 0. A unit of the trie (darts-clone): bits 0–7 its label
 * with bit 31 zero for inner nodes, bit 8 says that a value hangs on it, bits 10–30 the offset to its
 * children, times 256 if bit 9 is set.
 */
export class Charsmap {
	readonly #units: Uint32Array;
	readonly #replacements: Uint8Array;

	/** @throws RangeError if it is not a charsmap */
	constructor(base64: string) {
		const bytes = Buffer.from(base64, 'base64');
		const trieBytes = bytes.length >= 4 ? bytes.readUInt32LE(0) : 0;
		if (trieBytes === 0 || trieBytes % 4 !== 0 || 4 + trieBytes > bytes.length) {
			throw new RangeError('the character map is damaged');
		}
		this.#units = new Uint32Array(trieBytes / 4);
		for (let i = 0; i < this.#units.length; i++) this.#units[i] = bytes.readUInt32LE(4 + 4 * i);
		this.#replacements = bytes.subarray(4 + trieBytes);
	}

	normalise(text: string): string {
		const bytes = Buffer.from(text, 'utf8');
		const parts: Uint8Array[] = [];
		let copied = 0;
		for (let at = 0; at < bytes.length; ) {
			const match = this.#longest(bytes, at);
			if (match) {
				if (at > copied) parts.push(bytes.subarray(copied, at));
				parts.push(this.#replacement(match.value));
				at += match.length;
				copied = at;
			} else {
				// To the next character, past the bytes that continue this one.
				do at++;
				while (at < bytes.length && (bytes[at]! & 0xc0) === 0x80);
			}
		}
		parts.push(bytes.subarray(copied));
		return Buffer.concat(parts).toString('utf8');
	}

	#longest(bytes: Uint8Array, start: number): { length: number; value: number } | undefined {
		let node = this.#offset(0);
		let found: { length: number; value: number } | undefined;
		for (let at = start; at < bytes.length; at++) {
			node ^= bytes[at]!;
			const unit = this.#units[node];
			if (unit === undefined || (unit & 0x800000ff) >>> 0 !== bytes[at]) break;
			node ^= this.#offset(unit, true);
			if ((unit >>> 8) & 1) {
				found = { length: at - start + 1, value: this.#units[node]! & 0x7fffffff };
			}
		}
		return found;
	}

	/** @param isUnit whether `at` is the unit itself or where it stands */
	#offset(at: number, isUnit = false): number {
		const unit = isUnit ? at : this.#units[at]!;
		return (unit >>> 10) << ((unit & 0x200) >>> 6);
	}

	#replacement(start: number): Uint8Array {
		const end = this.#replacements.indexOf(0, start);
		return this.#replacements.subarray(start, end < 0 ? undefined : end);
	}
}
