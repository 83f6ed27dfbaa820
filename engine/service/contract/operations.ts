import { Type, type Static } from 'typebox';
import { OllamaConnection } from './common';

export const TestOllamaRequest = Type.Object({ ollama: OllamaConnection });
export type TestOllamaRequest = Static<typeof TestOllamaRequest>;
export const TestOllamaResponse = Type.Object({
	version: Type.String(),
	dimension: Type.Integer(),
});
export type TestOllamaResponse = Static<typeof TestOllamaResponse>;

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
