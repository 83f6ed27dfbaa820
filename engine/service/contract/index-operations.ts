import { Type, type Static } from 'typebox';
import { Nullable, Strict } from './common';

/** What is done with an index as a whole. */

/** A broken promise of the index. */
export const Finding = Type.Object({
	/** Stable name of the invariant. */
	invariant: Type.String(),
	/** What is wrong and what to do about it. */
	message: Type.String(),
	/** Photos concerned, the first hundred of them. */
	ids: Type.Optional(Type.Array(Type.String())),
});
export type Finding = Static<typeof Finding>;

export const Verification = Type.Object({
	photos: Type.Integer(),
	vectors: Type.Integer(),
	/** Names of the invariants that were looked at. */
	checked: Type.Array(Type.String()),
	/** Empty if all is well. */
	findings: Type.Array(Finding),
});
export type Verification = Static<typeof Verification>;

/** What an index weighs, and what it carries along until it is optimised. */
const IndexWeight = Type.Object({
	bytes_on_disk: Type.Integer(),
	bytes_in_memory: Type.Integer(),
	/** Vectors searched one by one because the graph does not hold them yet. */
	unmerged: Type.Integer(),
	/** Deleted or replaced vectors that memory still holds. */
	tombstones: Type.Integer(),
});

export const Optimization = Type.Object({ before: IndexWeight, after: IndexWeight });
export type Optimization = Static<typeof Optimization>;

/**
 * Without a name: one with the time in it. A name alone lies in the folder `backups` of the data
 * folder; an absolute path is taken on the local socket only.
 */
export const BackupRequest = Strict({ file: Type.Optional(Type.String()) });
export type BackupRequest = Static<typeof BackupRequest>;

export const Backup = Type.Object({ file: Type.String(), bytes: Type.Integer() });
export type Backup = Static<typeof Backup>;

export const RestoreRequest = Strict({
	/** As for a backup. */
	file: Type.String(),
	/** Put it in the place of an index that is there. */
	replace: Type.Optional(Type.Boolean()),
});
export type RestoreRequest = Static<typeof RestoreRequest>;

export const Restoration = Type.Object({ photos: Type.Integer() });
export type Restoration = Static<typeof Restoration>;

export const ImportResponse = Type.Object({
	created: Type.Integer(),
	updated: Type.Integer(),
	failed: Type.Integer(),
	/** The first hundred lines that failed; the others are stored. */
	errors: Type.Array(
		Type.Object({
			/** From 1. */
			line: Type.Integer(),
			id: Type.Optional(Type.String()),
			code: Type.String(),
			message: Type.String(),
		}),
	),
	/** What is wrong with the file as a whole, such as `EXPORT_TRUNCATED`; what is good in it is stored. */
	problem: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
	hints: Type.Array(Type.String()),
});
export type ImportResponse = Static<typeof ImportResponse>;
