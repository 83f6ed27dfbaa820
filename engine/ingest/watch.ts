import { randomUUID } from 'node:crypto';

import { EngineError } from '../errors';
import type { PollWatchRequest, PollWatchResponse, WatchChange } from '../service/contract';
import { isMassDelete } from './mass-delete';
import type { PhotoSource } from './photo-source';
import { withRetry } from './retry';
import { storeName } from './s3-connection';
import { checkBucket, formatS3Path } from './s3-path';
import { isDamage, setAside, WatchStore, type ChangeRow } from './watch-store';

/** What changed in buckets, for callers that come back. */
export interface Watches {
	/**
	 * The photos that were created, updated or removed since the last acknowledged poll, in key order.
	 * Throws what `source.list` throws, `BAD_KEY` and `BAD_REQUEST`; nothing is lost by a failure.
	 */
	poll(
		request: PollWatchRequest,
		source: PhotoSource,
		signal?: AbortSignal,
	): Promise<PollWatchResponse>;
	close(): void;
}

const DEFAULT_LIMIT = 100;
const PAGE = 1_000;
/** A backlog is worked off without listing again for so long; then the bucket has news. */
const FRESH_MS = 10 * 60_000;
/** Short: a poll that fails is followed by the next one anyway. */
const RETRY_DELAYS = [500, 2_000];

/**
 * Watches with their state in `<dataDir>/watches.db`. A change is found by comparing a complete
 * listing with what was acknowledged, by key, etag and size: never by date, since a multipart
 * upload's date is that of its beginning.
 *
 * The file is opened by the first poll, and a damaged one is put aside and begun anew: it holds
 * nothing but acknowledgements, for which no engine should stay down.
 */
export function createWatches(dataDir: string): Watches {
	let opened: WatchStore | undefined;
	let wasDamaged = false;
	let closed = false;
	/** Polls of one watch run one after the other: their listings share a table. */
	let lines = new Map<number, Promise<unknown>>();

	/** Does `work` with the store; once more with a new one if the old one turns out damaged. */
	async function withStore<T>(work: (store: WatchStore) => Promise<T>): Promise<T> {
		let used: WatchStore | undefined;
		try {
			if (closed) throw new EngineError('ENGINE_STOPPING', 'The engine is stopping.');
			used = opened ??= new WatchStore(dataDir);
			return await work(used);
		} catch (error) {
			if (closed || !isDamage(error)) throw error;
			// Of several polls at once the first one cleans up; the others find it done.
			if (opened === used) {
				opened = undefined;
				used?.close();
				setAside(dataDir);
				wasDamaged = true;
				lines = new Map();
			}
			return await work((opened ??= new WatchStore(dataDir)));
		}
	}

	async function poll(
		store: WatchStore,
		id: number,
		request: PollWatchRequest,
		source: PhotoSource,
		signal: AbortSignal,
	): Promise<PollWatchResponse> {
		const { bucket, prefix = '' } = request;
		const listedAt = store.listedAt(id);
		const limit = request.limit ?? DEFAULT_LIMIT;
		const hints: string[] = [];

		const goesOn = request.ack !== undefined && store.acknowledge(id, request.ack);
		const isFresh = listedAt !== null && Date.now() - listedAt < FRESH_MS;
		if (!(goesOn && isFresh && store.queued(id, 1).total > 0)) {
			await scan(store, id, request, source, signal);
			if (listedAt === null && wasDamaged) hints.push(DAMAGE_HINT);
			if (listedAt === null && request.existing === 'skip') {
				store.noteScan(id);
			} else {
				const { known, removed } = store.countRemoved(id);
				const refused = isMassDelete(known, removed);
				if (refused) hints.push(massDeleteHint(bucket, prefix, known, removed));
				store.queueScan(id, { removals: !refused });
			}
		}
		const { changes, total } = store.queued(id, limit);
		const token = changes.length > 0 ? randomUUID() : null;
		if (token !== null) store.report(id, token, changes);
		return {
			changes: changes.map((change) => toWatchChange(bucket, change)),
			token,
			more: total > changes.length,
			hints,
		};
	}

	async function scan(
		store: WatchStore,
		id: number,
		{ bucket, prefix }: PollWatchRequest,
		source: PhotoSource,
		signal: AbortSignal,
	): Promise<void> {
		store.startScan(id);
		let startAfter: string | undefined;
		do {
			const options = { prefix, startAfter, limit: PAGE, imagesOnly: true };
			const page = await withRetry(
				() => source.list(bucket, options, signal),
				signal,
				RETRY_DELAYS,
			);
			store.addToScan(id, page.objects);
			startAfter = page.next ?? undefined;
		} while (startAfter !== undefined);
	}

	return {
		async poll(request, source, signal = new AbortController().signal) {
			if (!/^[A-Za-z0-9_-]{1,128}$/.test(request.watch)) {
				throw new EngineError(
					'BAD_REQUEST',
					'The watch needs a name of letters, digits, "_" and "-", at most 128 of them.',
				);
			}
			checkBucket(request.bucket);
			const place = {
				watch: request.watch,
				store: storeName(request.s3),
				bucket: request.bucket,
				prefix: request.prefix ?? '',
			};
			return await withStore(async (store) => {
				const id = store.open(place);
				const before = lines.get(id) ?? Promise.resolve();
				const mine = before
					.catch(() => undefined)
					.then(() => poll(store, id, request, source, signal));
				lines.set(id, mine);
				try {
					return await mine;
				} finally {
					if (lines.get(id) === mine) lines.delete(id);
				}
			});
		},
		close() {
			closed = true;
			opened?.close();
		},
	};
}

function toWatchChange(bucket: string, change: ChangeRow): WatchChange {
	const { event, key, etag, size, last_modified } = change;
	return {
		event,
		bucket,
		key,
		s3_path: formatS3Path(bucket, key),
		etag,
		size,
		...(last_modified !== null && { last_modified }),
	};
}

const DAMAGE_HINT =
	'The file watches.db was damaged and is now watches.db.damaged, so what was reported before is forgotten: photos that are there already are reported again, or, with "existing: skip", changes since the last poll are not. A sync brings the index in line.';

function massDeleteHint(bucket: string, prefix: string, known: number, removed: number): string {
	return `${removed} of ${known} photos are gone from s3://${bucket}/${prefix} all at once, so no removal is reported. Check the bucket, the prefix and the permissions. If they were deleted on purpose, sync the index with "force".`;
}
