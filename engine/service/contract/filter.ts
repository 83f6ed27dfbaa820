import { Type, type Static } from 'typebox';
import { Strict } from './common';

const Texts = Type.Array(Type.String());
const TextOrTexts = Type.Union([Type.String(), Texts]);

/** Within `km` of a place, along the surface of the earth. */
export const Near = Strict({
	lat: Type.Number({ minimum: -90, maximum: 90 }),
	lon: Type.Number({ minimum: -180, maximum: 180 }),
	km: Type.Number({ exclusiveMinimum: 0 }),
});
export type Near = Static<typeof Near>;

/**
 * A condition on free metadata. Values compare with their own kind: texts by code point (so ISO
 * dates sort), numbers by size, `true` and `false` with `=` and `!=`. Of a list one entry is enough.
 * `!=` is the opposite of `=`: photos without the field satisfy it, too. `null` stands for a field
 * that is absent.
 */
export const MetadataCondition = Strict({
	/** Dotted path: `camera.make`. */
	field: Type.String(),
	op: Type.Union([
		...([Type.Literal('='), Type.Literal('!='), Type.Literal('in')] as const),
		...([Type.Literal('<'), Type.Literal('<='), Type.Literal('>'), Type.Literal('>=')] as const),
	]),
	/** A text, a number, true, false or null; for `in` a list of texts and numbers. */
	value: Type.Unknown(),
});
export type MetadataCondition = Static<typeof MetadataCondition>;

const COLUMN_CONDITIONS = {
	bucket: Type.Optional(Type.String()),
	/**
	 * A part of the key, or of the id where there is no object: without case, `*` for anything. Of
	 * several each must be in it.
	 */
	path: Type.Optional(TextOrTexts),
	/** By the file's extension: `jpg`, `heic`, `raw`, `cr2`. Of several one is enough. */
	type: Type.Optional(TextOrTexts),
	taken_after: Type.Optional(Type.String()),
	taken_before: Type.Optional(Type.String()),
	/** Words of make and model, as `metadata.camera` has them: `canon r5`. */
	camera: Type.Optional(Type.String()),
	near: Type.Optional(Near),
};

/** Photos for which all of this holds. */
export const ExcludedPhotos = Strict(COLUMN_CONDITIONS);
export type ExcludedPhotos = Static<typeof ExcludedPhotos>;

/** All given conditions must hold. Dates compare with `taken_at`. */
export const PhotoFilter = Strict({
	...COLUMN_CONDITIONS,
	/** Key prefix inside the bucket. */
	prefix: Type.Optional(Type.String()),
	tags_all: Type.Optional(Texts),
	tags_any: Type.Optional(Texts),
	tags_none: Type.Optional(Texts),
	people_all: Type.Optional(Texts),
	people_any: Type.Optional(Texts),
	people_none: Type.Optional(Texts),
	/** Whether anybody is named on it. */
	has_people: Type.Optional(Type.Boolean()),
	metadata: Type.Optional(Type.Array(MetadataCondition)),
	/** Leaves out the photos of each entry; one that does not say (no date, no place) stays. */
	none: Type.Optional(Type.Array(ExcludedPhotos)),
});
export type PhotoFilter = Static<typeof PhotoFilter>;
