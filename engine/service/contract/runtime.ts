import { Type, type Static } from 'typebox';
import { Nullable } from './common';

/** What the engine's machine gives to the encoder, and what the encoder makes of it. */
export const RuntimeReport = Type.Object({
	onnxruntime: Type.Object({
		/** `native` is several times faster; `wasm` runs everywhere. */
		name: Type.Union([Type.Literal('native'), Type.Literal('wasm')]),
		version: Type.String(),
		/** Why it is not the native one, as part of a sentence. */
		reason: Type.Optional(Type.String()),
	}),
	/** Of one inference. */
	threads: Type.Integer(),
	cpu: Type.Object({
		model: Type.String(),
		/** Of those that matter to the encoder; null where the operating system does not tell. */
		features: Nullable(Type.Array(Type.String())),
	}),
	cores: Type.Object({
		logical: Type.Integer(),
		/** Null where the operating system does not tell. */
		physical: Nullable(Type.Integer()),
		/** Cores' worth of time that the container may use; null without a limit. */
		limit: Nullable(Type.Number()),
	}),
	memory: Type.Object({
		total_bytes: Type.Number(),
		/** Of the container; null without a limit. */
		limit_bytes: Nullable(Type.Number()),
		rss_bytes: Type.Number(),
	}),
	node: Type.String(),
	/** `linux x64`, with the C library where it matters: `linux x64 musl`. */
	platform: Type.String(),
});
export type RuntimeReport = Static<typeof RuntimeReport>;
