import { setTimeout as sleep } from 'node:timers/promises';

import { asEngineError, EngineError } from '../errors';
import type { IndexStore, VectorIndex } from '../index/vector-index';
import type { OllamaConnection } from '../service/contract';
import { textModelName } from './ollama-model';
import type { TextEmbedder } from './text-embedder';

/** The two calls of a pino logger that are used here. */
export interface FillerLogger {
	info(fields: object, message: string): void;
	warn(fields: object, message: string): void;
}

export interface OwedTextFillerOptions {
	indexes: IndexStore;
	embedder: TextEmbedder;
	logger: FillerLogger;
	/** Milliseconds before the first retry while Ollama is down. Default 5 s. */
	firstDelayMs?: number;
	/** Milliseconds between retries at most. Default 5 min. */
	maxDelayMs?: number;
}

/** Pays the text vectors that indexes owe, in the background. */
export interface OwedTextFiller {
	/**
	 * The connection to use for this index from now on. Another one than before ends a back-off; the
	 * same one does not, or every upsert would ask a dead server again.
	 */
	remember(indexName: string, connection: OllamaConnection): void;
	/** Something may be owed. Returns at once; does nothing while no connection is remembered. */
	kick(indexName: string): void;
	/**
	 * Indexes being filled, or to be retried soon. One whose Ollama has been down so long that the
	 * back-off reached its end no longer counts: the debt is on disk and must not keep a process.
	 */
	pending(): number;
	/**
	 * Waits until nothing is owed any more, at most `waitMs` after the batch under way began. Answers
	 * why something still is: Ollama's failure (without a new try where it failed just now), or `BUSY`.
	 */
	settle(indexName: string, waitMs: number): Promise<EngineError | undefined>;
	/** Aborts what is under way and waits for it. No call has an effect afterwards. */
	close(): Promise<void>;
}

interface Account {
	connection: OllamaConnection;
	running: Promise<void> | undefined;
	/** More may have become owed while a run was ending. */
	again: boolean;
	retry: NodeJS.Timeout | undefined;
	delayMs: number;
	/** When the batch under way was sent, or the last one failed; `performance.now()`. */
	since: number;
	failure: EngineError | undefined;
	/** `id@revision` of texts that Ollama refuses; they stay owed but are not sent again. */
	refused: Set<string>;
}

/** Two of Ollama's batches: small enough that a crash repeats little. */
const BATCH = 64;

export function createOwedTextFiller(options: OwedTextFillerOptions): OwedTextFiller {
	const { indexes, embedder, logger } = options;
	const firstDelayMs = options.firstDelayMs ?? 5_000;
	const maxDelayMs = options.maxDelayMs ?? 300_000;
	const accounts = new Map<string, Account>();
	const stopping = new AbortController();

	/** One batch. Returns whether another may follow. */
	async function payBatch(index: VectorIndex, account: Account): Promise<boolean> {
		const { refused, connection } = account;
		const owed = (await index.owedTexts(BATCH + refused.size)).filter(
			({ id, revision }) => !refused.has(`${id}@${revision}`),
		);
		if (owed.length === 0) return false;
		account.since = performance.now();
		const texts = owed.map(({ text }) => text);
		const answers = await embedder.embedDocuments(texts, connection, stopping.signal);
		const model = textModelName(connection);
		const payments = owed.flatMap(({ id, revision }, i) => {
			const vector = answers[i];
			if (vector instanceof Float32Array) return { id, revision, text: { vector, model } };
			refused.add(`${id}@${revision}`);
			logger.warn({ index: index.name, id, reason: vector?.message }, 'text left without a vector');
			return [];
		});
		const kept = await index.payTexts(payments);
		if (payments.length > 0 && kept === 0) throw new Error('no payment was kept');
		return true;
	}

	async function fill(name: string, account: Account): Promise<void> {
		try {
			const index = await indexes.open(name, { create: false });
			account.failure = undefined;
			account.since = performance.now();
			do {
				account.again = false;
				while (!stopping.signal.aborted && (await payBatch(index, account))) {
					account.delayMs = firstDelayMs;
				}
			} while (account.again && !stopping.signal.aborted);
			account.delayMs = firstDelayMs;
		} catch (error) {
			if (stopping.signal.aborted) return;
			account.failure = asEngineError(error);
			account.since = performance.now();
			const { code, message } = account.failure;
			if (code === 'INDEX_NOT_FOUND' || code === 'BAD_INDEX_NAME') {
				accounts.delete(name);
				return;
			}
			// These two wait for a person; asking every five seconds does not hurry them.
			const patient = code === 'OLLAMA_MODEL_MISSING' || code === 'MODEL_MISMATCH';
			const delay = patient ? maxDelayMs : account.delayMs;
			account.delayMs = Math.min(delay * 2, maxDelayMs);
			logger.warn({ index: name, code, reason: message, retry_in_ms: delay }, 'texts stay owed');
			account.retry = setTimeout(() => {
				account.retry = undefined;
				start(name, account);
			}, delay).unref();
		}
	}

	function start(name: string, account: Account): void {
		if (stopping.signal.aborted) return;
		if (account.running) {
			account.again = true;
			return;
		}
		account.running = fill(name, account).finally(() => {
			account.running = undefined;
			// A kick between the last look and here would otherwise be lost.
			if (account.again && !account.retry) start(name, account);
		});
	}

	function retryNow(name: string, account: Account): void {
		clearTimeout(account.retry);
		account.retry = undefined;
		start(name, account);
	}

	return {
		remember(name, connection) {
			const account = accounts.get(name);
			if (!account) {
				accounts.set(name, {
					connection,
					running: undefined,
					again: false,
					retry: undefined,
					delayMs: firstDelayMs,
					since: 0,
					failure: undefined,
					refused: new Set(),
				});
				return;
			}
			if (JSON.stringify(account.connection) === JSON.stringify(connection)) return;
			if (textModelName(account.connection) !== textModelName(connection)) account.refused.clear();
			account.connection = connection;
			account.delayMs = firstDelayMs;
			if (account.retry) retryNow(name, account);
		},
		kick(name) {
			const account = accounts.get(name);
			// Each upsert of a big import kicks; only the back-off decides when a dead server is asked.
			if (account && !account.retry) start(name, account);
		},
		pending() {
			return [...accounts.values()].filter(
				({ running, retry, delayMs }) => running || (retry && delayMs < maxDelayMs),
			).length;
		},
		async settle(name, waitMs) {
			const account = accounts.get(name);
			if (!account || stopping.signal.aborted) return undefined;
			const idleMs = performance.now() - account.since;
			if (account.retry && idleMs < firstDelayMs) return account.failure;
			if (account.retry) retryNow(name, account);
			else start(name, account);
			const left = account.running ? waitMs - (performance.now() - account.since) : 0;
			const timer = new AbortController();
			const late = sleep(Math.max(left, 0), 'late', { signal: timer.signal }).catch(() => 'late');
			while (account.running && (await Promise.race([account.running, late])) === undefined) {
				// Done, unless a kick came in the meantime and it runs again.
			}
			timer.abort();
			if (account.running) return new EngineError('BUSY', 'Ollama is still at work on them.');
			return account.failure;
		},
		async close() {
			stopping.abort();
			for (const account of accounts.values()) clearTimeout(account.retry);
			await Promise.allSettled([...accounts.values()].map(({ running }) => running));
		},
	};
}
