import { Type, type Static } from 'typebox';
import { Strict, VectorKind } from './common';

/**
 * All vectors of a kind that one model made. The `active` one is searched. One that is `building` is
 * filled beside it; one that is `retired` was active before and can be again.
 */
export const Generation = Type.Object({
	kind: VectorKind,
	/** With revision: `id@revision`. */
	model: Type.String(),
	dimension: Type.Integer(),
	state: Type.Union([Type.Literal('building'), Type.Literal('active'), Type.Literal('retired')]),
	vectors: Type.Integer(),
	/** Photos that have a vector in the active generation, but none in this one. */
	missing: Type.Integer(),
	created_at: Type.String(),
});
export type Generation = Static<typeof Generation>;

export const GenerationsResponse = Type.Object({ generations: Type.Array(Generation) });
export type GenerationsResponse = Static<typeof GenerationsResponse>;

/** Default `image`. */
const Kind = Type.Optional(VectorKind);
/** As vectors name it; of an image model its id is enough. */
const ModelName = Type.String({ minLength: 1, maxLength: 512 });

export const BeginGenerationRequest = Strict({
	kind: Kind,
	model: ModelName,
	/** Of an image model of this engine it is known. */
	dimension: Type.Optional(Type.Integer({ minimum: 1, maximum: 16_384 })),
	/** Whether the write that completes it makes it the active one. Default true. */
	activate_when_complete: Type.Optional(Type.Boolean()),
});
export type BeginGenerationRequest = Static<typeof BeginGenerationRequest>;

export const ActivateGenerationRequest = Strict({
	kind: Kind,
	model: ModelName,
	/** Allow one that lacks vectors: those photos are not found by them until they follow. */
	incomplete: Type.Optional(Type.Boolean()),
});
export type ActivateGenerationRequest = Static<typeof ActivateGenerationRequest>;

export const DropGenerationRequest = Strict({ kind: Kind, model: ModelName });
export type DropGenerationRequest = Static<typeof DropGenerationRequest>;
