import { Type, type Static } from 'typebox';

export const ModelState = Type.Union([
	/** On disk. */
	Type.Literal('available'),
	Type.Literal('downloading'),
	/** Downloaded, and being made ready for this machine. */
	Type.Literal('preparing'),
	/** Needs a download first. */
	Type.Literal('remote'),
	/** On disk, but a file is missing or not what was downloaded. */
	Type.Literal('broken'),
]);

export const Model = Type.Object({
	id: Type.String(),
	title: Type.String(),
	dimension: Type.Integer(),
	image_size: Type.Integer(),
	/** Of the models in the catalogue: billions of operations of one photo, and what that means. */
	gflops: Type.Optional(Type.Number()),
	speed: Type.Optional(
		Type.Union([
			Type.Literal('fast'),
			Type.Literal('medium'),
			Type.Literal('slow'),
			Type.Literal('slowest'),
		]),
	),
	/** Of the weights, as SPDX names it. */
	licence: Type.Optional(Type.String()),
	/** Of the texts it was trained on. */
	languages: Type.Optional(Type.Union([Type.Literal('English'), Type.Literal('many')])),
	state: ModelState,
	/** Of the download or the preparation, 0…1. */
	progress: Type.Optional(Type.Number()),
	/** While it is downloaded; bytes of all its files. `total_bytes` is 0 while unknown. */
	received_bytes: Type.Optional(Type.Number()),
	total_bytes: Type.Optional(Type.Number()),
	/** Absent while unknown. */
	bytes_per_s: Type.Optional(Type.Number()),
	seconds_left: Type.Optional(Type.Number()),
	/** Why it is broken, why the last download failed, or why the running one is trying again. */
	problem: Type.Optional(Type.String()),
	/**
	 * What it runs in on this machine: `mixed` is one tower in 8 bits and one in 32. Absent unless it
	 * is on disk and that is decided.
	 */
	precision: Type.Optional(
		Type.Union([Type.Literal('fp32'), Type.Literal('int8'), Type.Literal('mixed')]),
	),
	/** What its files occupy now, half-downloaded ones and those made of them too. */
	disk_bytes: Type.Number(),
	is_default: Type.Boolean(),
});
export type Model = Static<typeof Model>;
export const ModelsResponse = Type.Object({ models: Type.Array(Model) });
export type ModelsResponse = Static<typeof ModelsResponse>;

export const VerifyModelResponse = Type.Object({
	id: Type.String(),
	/** No file is wrong. */
	ok: Type.Boolean(),
	/** Files held against the checksums of the download; empty for a folder that was made by hand. */
	files: Type.Array(
		Type.Object({
			file: Type.String(),
			size: Type.Number(),
			/** Absent: as it was downloaded. */
			problem: Type.Optional(Type.String()),
		}),
	),
});
export type VerifyModelResponse = Static<typeof VerifyModelResponse>;

/** `force`: also a folder that was made by hand. */
export const RemoveModelQuery = Type.Object({
	force: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
});
export const RemoveModelResponse = Type.Object({ id: Type.String(), freed_bytes: Type.Number() });
export type RemoveModelResponse = Static<typeof RemoveModelResponse>;
