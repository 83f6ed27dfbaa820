import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import type { OnnxModel } from './onnx-model';
import type { Piece } from './protobuf';

/** Small pieces are gathered: a graph has tens of thousands of them. */
const BUFFER_BYTES = 1 << 20;

/**
 * Writes a model, one weight after the other: memory holds the largest tensor, not the file. The
 * file is on disk when this returns.
 */
export async function writeModel(model: OnnxModel, file: string): Promise<void> {
	const pieces = model.pieces();
	const handle = await open(file, 'w');
	let small: Uint8Array[] = [];
	let waiting = 0;
	const flush = async () => {
		await handle.writeFile(Buffer.concat(small));
		small = [];
		waiting = 0;
	};
	const put = async (bytes: Uint8Array) => {
		if (bytes.length >= BUFFER_BYTES) {
			await flush();
			await handle.writeFile(bytes);
		} else {
			small.push(bytes);
			waiting += bytes.length;
			if (waiting >= BUFFER_BYTES) await flush();
		}
	};
	try {
		for (const piece of pieces) for await (const bytes of contents(piece)) await put(bytes);
		await flush();
		await handle.sync();
	} finally {
		await handle.close();
	}
}

async function* contents(piece: Piece): AsyncGenerator<Uint8Array> {
	if (piece instanceof Uint8Array) yield piece;
	else if ('make' in piece) yield piece.make();
	else if (piece.length > 0) {
		const { file, offset, length } = piece;
		yield* createReadStream(file, { start: offset, end: offset + length - 1 });
	}
}
