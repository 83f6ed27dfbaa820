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
	 * The connection to use for this index from now on. One that is new here is tried at once, which
	 * also pays what an earlier process left owed; one that is backing off is not, so that callers who
	 * take turns with two connections do not ask a dead server each time.
	 */
	remember(indexName: string, connection: OllamaConnection): void;
	/**
	 * Something may be owed. Returns at once, and costs one look-up where nothing is; does nothing
	 * while no connection is remembered, or while its back-off lasts.
	 */
	kick(indexName: string): void;
	/**
	 * Indexes being filled, or to be retried soon. One whose Ollama has been down so long that the
	 * back-off reached its end no longer counts: the debt is on disk and must not keep a process.
	 */
	pending(): number;
	/**
	 * Waits until nothing is owed any more, at most `waitMs` after the batch under way began, and no
	 * longer than until the signal fires. Answers why something still is: Ollama's failure (without a
	 * new try where it failed just now), or `BUSY`.
	 */
	settle(indexName: string, waitMs: number, signal?: AbortSignal): Promise<EngineError | undefined>;
	/** Aborts what is under way and waits for it. No call has an effect afterwards. */
	close(): Promise<void>;
}

/** One Ollama that an index was given, and how it behaved. Times are `performance.now()`. */
interface Lender {
	readonly connection: OllamaConnection;
	delayMs: number;
	failure: EngineError | undefined;
	failedAt: number;
	/** Not asked unbidden before then. */
	retryAt: number;
	/** `id@revision` of texts that it refuses; they stay owed but are not sent to it again. */
	readonly refused: Set<string>;
}

interface Account {
	/** The one in use; also in `lenders`. */
	lender: Lender;
	/** By connection, the most recently used last. */
	readonly lenders: Map<string, Lender>;
	running: Promise<void> | undefined;
	/** More may have become owed while a run was ending. */
	again: boolean;
	retry: NodeJS.Timeout | undefined;
	/** When the run or the batch under way began. */
	since: number;
}

/** Two of Ollama's batches: small enough that a crash repeats little. */
const BATCH = 64;
/** Connections remembered per index; a host has one or two. */
const MAX_LENDERS = 8;

export function createOwedTextFiller(options: OwedTextFillerOptions): OwedTextFiller {
	const { indexes, embedder, logger } = options;
	const firstDelayMs = options.firstDelayMs ?? 5_000;
	const maxDelayMs = options.maxDelayMs ?? 300_000;
	const accounts = new Map<string, Account>();
	const stopping = new AbortController();

	/** One batch. Returns whether another may follow. */
	async function payBatch(index: VectorIndex, account: Account, lender: Lender): Promise<boolean> {
		const { refused, connection } = lender;
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
			return [];
		});
		const unpaid = owed.length - payments.length;
		if (unpaid > 0) {
			// How many, not which: ids are file names, and those are the user's business.
			const reason = answers.find((answer) => answer instanceof Error)?.message;
			logger.warn({ index: index.name, count: unpaid, reason }, 'texts left without a vector');
		}
		const kept = await index.payTexts(payments);
		if (payments.length > 0 && kept === 0) throw new Error('no payment was kept');
		return true;
	}

	async function fill(name: string, account: Account): Promise<void> {
		let { lender } = account;
		try {
			const index = await indexes.open(name, { create: false });
			do {
				account.again = false;
				while (!stopping.signal.aborted) {
					// Another connection may have been remembered during the last batch.
					lender = account.lender;
					if (!(await payBatch(index, account, lender))) break;
					lender.delayMs = firstDelayMs;
					lender.retryAt = 0;
				}
			} while (account.again && !stopping.signal.aborted);
			lender.failure = undefined;
		} catch (error) {
			if (stopping.signal.aborted) return;
			const failure = asEngineError(error);
			const { code, message } = failure;
			if (code === 'INDEX_NOT_FOUND' || code === 'BAD_INDEX_NAME') {
				accounts.delete(name);
				return;
			}
			// These two wait for a person; asking every five seconds does not hurry them.
			const patient = code === 'OLLAMA_MODEL_MISSING' || code === 'MODEL_MISMATCH';
			const delay = patient ? maxDelayMs : lender.delayMs;
			const now = performance.now();
			Object.assign(lender, { failure, failedAt: now, retryAt: now + delay });
			lender.delayMs = Math.min(delay * 2, maxDelayMs);
			logger.warn({ index: name, code, reason: message, retry_in_ms: delay }, 'texts stay owed');
			// A connection remembered meanwhile has its own turn, at once: `again` is set.
			if (account.lender === lender) retryLater(name, account);
		}
	}

	function start(name: string, account: Account): void {
		if (stopping.signal.aborted) return;
		clearTimeout(account.retry);
		account.retry = undefined;
		if (account.running) {
			account.again = true;
			return;
		}
		account.again = false;
		// Now, not with the first batch: who settles meanwhile counts from here.
		account.since = performance.now();
		account.running = fill(name, account).finally(() => {
			account.running = undefined;
			// A kick between the last look and here would otherwise be lost.
			if (account.again && !account.retry && accounts.get(name) === account) start(name, account);
		});
	}

	function retryLater(name: string, account: Account): void {
		const delay = Math.max(0, account.lender.retryAt - performance.now());
		account.retry = setTimeout(() => start(name, account), delay).unref();
	}

	function newLender(connection: OllamaConnection): Lender {
		return {
			connection,
			delayMs: firstDelayMs,
			failure: undefined,
			failedAt: 0,
			retryAt: 0,
			refused: new Set(),
		};
	}

	function openAccount(name: string, lender: Lender): Account {
		const account: Account = {
			lender,
			lenders: new Map(),
			running: undefined,
			again: false,
			retry: undefined,
			since: 0,
		};
		accounts.set(name, account);
		return account;
	}

	return {
		remember(name, connection) {
			const known = accounts.get(name);
			const key = JSON.stringify(connection);
			const lender = known?.lenders.get(key) ?? newLender(connection);
			if (known?.lender === lender || lender.retryAt > performance.now()) return;
			const account = known ?? openAccount(name, lender);
			account.lender = lender;
			account.lenders.delete(key);
			account.lenders.set(key, lender);
			for (const oldest of account.lenders.keys()) {
				if (account.lenders.size <= MAX_LENDERS) break;
				account.lenders.delete(oldest);
			}
			start(name, account);
		},
		kick(name) {
			const account = accounts.get(name);
			// Each upsert of a big import kicks; only the back-off decides when a dead server is asked.
			if (!account || account.retry || stopping.signal.aborted) return;
			if (!account.running && account.lender.retryAt > performance.now()) retryLater(name, account);
			else start(name, account);
		},
		pending() {
			return [...accounts.values()].filter(
				({ running, retry, lender }) => running || (retry && lender.delayMs < maxDelayMs),
			).length;
		},
		async settle(name, waitMs, signal) {
			const account = accounts.get(name);
			if (!account || stopping.signal.aborted) return undefined;
			const { lender } = account;
			const failedMs = performance.now() - lender.failedAt;
			if (account.retry && failedMs < firstDelayMs) return lender.failure;
			start(name, account);
			const left = waitMs - (performance.now() - account.since);
			const done = new AbortController();
			const signals = [done.signal, stopping.signal, ...(signal ? [signal] : [])];
			const late = sleep(Math.max(left, 0), 'late', { signal: AbortSignal.any(signals) }).catch(
				() => 'late',
			);
			while (account.running && (await Promise.race([account.running, late])) === undefined) {
				// Done, unless a kick came in the meantime and it runs again.
			}
			done.abort();
			if (account.running) return new EngineError('BUSY', 'Ollama is still at work on them.');
			return lender.failure;
		},
		async close() {
			stopping.abort();
			for (const account of accounts.values()) clearTimeout(account.retry);
			await Promise.allSettled([...accounts.values()].map(({ running }) => running));
		},
	};
}
