import { request } from 'node:http';
import { socketPath } from '../../engine/locations';

export interface RawAnswer {
	status: number;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read it freely
	body: any;
}

/** Sends anything to a local engine, also what its client would never send. */
export function ask(
	dataDir: string,
	method: string,
	path: string,
	body?: unknown,
): Promise<RawAnswer> {
	const text =
		body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
	return new Promise((resolve, reject) => {
		const headers = {
			...(text !== undefined && { 'content-type': 'application/json' }),
			'content-length': Buffer.byteLength(text ?? ''),
		};
		const call = request({ socketPath: socketPath(dataDir), method, path, headers }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () =>
				resolve({
					status: response.statusCode ?? 0,
					body: JSON.parse(Buffer.concat(chunks).toString() || '{}'),
				}),
			);
		});
		call.on('error', reject);
		call.end(text);
	});
}
