import { Type, type Static } from 'typebox';
import { Nullable, OllamaConnection, S3Connection, Strict } from './common';
import { Backup, Optimization, Restoration, Verification } from './index-operations';

export const SyncRequest = Strict({
	s3: S3Connection,
	bucket: Type.String(),
	prefix: Type.Optional(Type.String()),
	model: Type.Optional(Type.String()),
	ollama: Type.Optional(OllamaConnection),
	/** Drop photos from the index that a complete listing no longer shows. Default true. */
	delete_missing: Type.Optional(Type.Boolean()),
	/** Allow a deletion of more than half of the photos. */
	force: Type.Optional(Type.Boolean()),
});
export type SyncRequest = Static<typeof SyncRequest>;

export const JobState = Type.Union([
	Type.Literal('queued'),
	Type.Literal('running'),
	Type.Literal('succeeded'),
	Type.Literal('failed'),
	Type.Literal('cancelled'),
]);
export const JobKind = Type.Union([
	Type.Literal('sync'),
	Type.Literal('verify'),
	Type.Literal('optimize'),
	Type.Literal('backup'),
	Type.Literal('restore'),
]);
/** Of a sync, `done` and the other numbers count photos; elsewhere `done` of `total` is progress. */
export const Job = Type.Object({
	id: Type.String(),
	kind: JobKind,
	index: Type.String(),
	state: JobState,
	/** Photos listed so far; `total_known` once the listing is complete. */
	total: Type.Integer(),
	total_known: Type.Boolean(),
	done: Type.Integer(),
	unchanged: Type.Integer(),
	deleted: Type.Integer(),
	failed: Type.Integer(),
	/** The first hundred. */
	failures: Type.Array(
		Type.Object({ s3_path: Type.String(), code: Type.String(), message: Type.String() }),
	),
	hints: Type.Array(Type.String()),
	error: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
	started_at: Nullable(Type.String()),
	finished_at: Nullable(Type.String()),
	/** What a finished job of that kind has to say. */
	verification: Type.Optional(Verification),
	optimization: Type.Optional(Optimization),
	backup: Type.Optional(Backup),
	restoration: Type.Optional(Restoration),
});
export type Job = Static<typeof Job>;
