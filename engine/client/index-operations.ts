import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { BackupRequest, ImportResponse, Job, RestoreRequest } from '../service/contract';
import type { Call } from './transport';

/** How calls reach the engine. */
interface Door {
	call<T>(call: Call): Promise<T>;
	stream(call: Call): Promise<IncomingMessage>;
}

/** What is done with an index as a whole. Methods that answer a {@link Job} only start it. */
export class IndexOperations {
	readonly #door: Door;

	constructor(door: Door) {
		this.#door = door;
	}

	/** JSON Lines; a stream that ends without an error is complete. */
	export(index: string, signal?: AbortSignal): Promise<Readable> {
		return this.#door.stream({ method: 'GET', path: at(index, 'export'), signal, bulk: true });
	}

	/** Stores JSON Lines as they are read from `lines`. Not sent again if the engine is lost. */
	async import(index: string, lines: Readable, signal?: AbortSignal): Promise<ImportResponse> {
		const path = at(index, 'import');
		return this.#door.call({ method: 'POST', path, body: lines, signal, bulk: true });
	}

	verify(index: string, signal?: AbortSignal): Promise<Job> {
		return this.#door.call({ method: 'POST', path: at(index, 'verify'), signal });
	}

	optimize(index: string, signal?: AbortSignal): Promise<Job> {
		return this.#door.call({ method: 'POST', path: at(index, 'optimize'), signal });
	}

	backup(index: string, body: BackupRequest = {}, signal?: AbortSignal): Promise<Job> {
		return this.#door.call({ method: 'POST', path: at(index, 'backup'), body, signal });
	}

	restore(index: string, body: RestoreRequest, signal?: AbortSignal): Promise<Job> {
		return this.#door.call({ method: 'POST', path: at(index, 'restore'), body, signal });
	}
}

function at(index: string, operation: string): string {
	return `/indexes/${encodeURIComponent(index)}/${operation}`;
}
