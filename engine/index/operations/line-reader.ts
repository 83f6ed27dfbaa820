/** One line of a byte stream, without its line break. */
export interface Line {
	/** From 1. */
	number: number;
	/** Undefined for a line that is longer than allowed. */
	bytes: Buffer | undefined;
	/** False for what stands after the last line break. */
	isTerminated: boolean;
}

const LINE_FEED = 0x0a;

/**
 * Cuts a stream into lines at `\n`, holding no more than one of them. A line above `maxBytes` is
 * passed over, not collected: a file without line breaks must not fill the memory.
 */
export async function* readLines(
	source: AsyncIterable<Uint8Array>,
	maxBytes: number,
): AsyncGenerator<Line> {
	let number = 1;
	let parts: Buffer[] = [];
	let length = 0;
	const take = (part: Buffer) => {
		length += part.length;
		if (length > maxBytes) parts = [];
		else if (part.length > 0) parts.push(part);
	};
	const line = (isTerminated: boolean): Line => {
		const bytes =
			length > maxBytes ? undefined : parts.length === 1 ? parts[0] : Buffer.concat(parts);
		parts = [];
		length = 0;
		return { number: number++, bytes, isTerminated };
	};
	for await (const bytes of source) {
		const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		let from = 0;
		for (;;) {
			const at = chunk.indexOf(LINE_FEED, from);
			if (at === -1) break;
			take(chunk.subarray(from, at));
			from = at + 1;
			yield line(true);
		}
		take(chunk.subarray(from));
	}
	if (length > 0) yield line(false);
}
