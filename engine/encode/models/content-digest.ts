import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Hex digests of a file's content. */
export interface Digests {
	sha256: string;
	/** Git's blob id, which the hub declares for small files: sha1 over a header and the content. */
	git: string | undefined;
}

/** Both digests of a content that arrives in pieces. */
export class ContentDigest {
	readonly #sha256 = createHash('sha256');
	readonly #git: Hash | undefined;

	/** @param size of the whole content, which git's digest begins with; absent: no such digest */
	constructor(size: number | undefined) {
		if (size !== undefined) this.#git = createHash('sha1').update(`blob ${size}\0`);
	}

	update(chunk: Buffer): void {
		this.#sha256.update(chunk);
		this.#git?.update(chunk);
	}

	/** Takes in a file as far as it is there. Returns its bytes. */
	async updateFromFile(file: string, signal?: AbortSignal): Promise<number> {
		let bytes = 0;
		for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, signal })) {
			this.update(chunk as Buffer);
			bytes += (chunk as Buffer).length;
		}
		return bytes;
	}

	/** Ends it: nothing can be added after. */
	end(): Digests {
		return { sha256: this.#sha256.digest('hex'), git: this.#git?.digest('hex') };
	}
}
