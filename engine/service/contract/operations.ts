import { Type, type Static } from 'typebox';
import { OllamaConnection } from './common';

export const TestOllamaRequest = Type.Object({ ollama: OllamaConnection });
export type TestOllamaRequest = Static<typeof TestOllamaRequest>;
export const TestOllamaResponse = Type.Object({
	version: Type.String(),
	dimension: Type.Integer(),
});
export type TestOllamaResponse = Static<typeof TestOllamaResponse>;

export const Model = Type.Object({
	id: Type.String(),
	title: Type.String(),
	dimension: Type.Integer(),
	image_size: Type.Integer(),
	/** `available` on disk, `remote` needs a download first. */
	state: Type.Union([
		Type.Literal('available'),
		Type.Literal('downloading'),
		Type.Literal('remote'),
	]),
	/** Download progress, 0…1. */
	progress: Type.Optional(Type.Number()),
	is_default: Type.Boolean(),
});
export type Model = Static<typeof Model>;
export const ModelsResponse = Type.Object({ models: Type.Array(Model) });
export type ModelsResponse = Static<typeof ModelsResponse>;

export const Health = Type.Object({
	status: Type.Literal('ok'),
	version: Type.String(),
	api_version: Type.Integer(),
	/** Told on the local socket only. */
	pid: Type.Optional(Type.Integer()),
	data_dir: Type.Optional(Type.String()),
	uptime_s: Type.Number(),
	rss_bytes: Type.Number(),
});
export type Health = Static<typeof Health>;
