import type { Readable } from 'node:stream';

import { EngineError } from '../errors';

/** Well above any camera's JPEG, well below what hurts: 64 MiB. */
export const MAX_OBJECT_BYTES = 64 * 1024 * 1024;

export interface BodyLimits {
	maxBytes: number;
	/** Milliseconds without a byte after which the server counts as hanging. */
	stallMs: number;
	/** Milliseconds for the whole body: a trickle must not hold a slot for ever. */
	totalMs: number;
}

/**
 * Reads a response body to its end. Throws `IMAGE_TOO_LARGE` before reading where the announced
 * length is over the cap, and while reading where it lied; a body that stalls, or ends before its
 * announced length, fails with a Node-style code that `s3Failure` understands. The stream is
 * destroyed on every failure, so its socket is freed.
 *
 * @param announced content-length in bytes, if the server gave one
 */
export async function readBody(
	body: Readable,
	announced: number | undefined,
	limits: BodyLimits,
	signal?: AbortSignal,
): Promise<Buffer> {
	if (announced !== undefined && announced > limits.maxBytes) {
		body.destroy();
		throw tooLarge(announced, limits.maxBytes);
	}
	const stop = (code: string) => body.destroy(Object.assign(new Error(code), { code }));
	let stall = setTimeout(stop, limits.stallMs, 'ETIMEDOUT');
	const total = setTimeout(stop, limits.totalMs, 'ETIMEDOUT');
	const cancel = () => stop('AbortError');
	signal?.addEventListener('abort', cancel, { once: true });
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of body) {
			const bytes = Buffer.from(chunk as Uint8Array);
			size += bytes.length;
			if (size > limits.maxBytes) throw tooLarge(size, limits.maxBytes);
			chunks.push(bytes);
			clearTimeout(stall);
			stall = setTimeout(stop, limits.stallMs, 'ETIMEDOUT');
		}
		if (signal?.aborted) throw Object.assign(new Error('aborted'), { code: 'AbortError' });
	} finally {
		clearTimeout(stall);
		clearTimeout(total);
		signal?.removeEventListener('abort', cancel);
		body.destroy();
	}
	if (announced !== undefined && size !== announced) {
		throw Object.assign(new Error('truncated body'), { code: 'ECONNRESET' });
	}
	return Buffer.concat(chunks, size);
}

function tooLarge(size: number, maxBytes: number): EngineError {
	const mib = (bytes: number) => Math.ceil(bytes / 1024 / 1024);
	return new EngineError(
		'IMAGE_TOO_LARGE',
		`The object has at least ${mib(size)} MiB; photos over ${mib(maxBytes)} MiB are not fetched.`,
		{ size, max_bytes: maxBytes },
	);
}
