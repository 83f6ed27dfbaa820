import type { OllamaConnection } from '../service/contract';

export const DEFAULT_TEXT_MODEL = 'nomic-embed-text';

/**
 * The name a text vector is stored under. `:latest` is Ollama's default tag, so with and without it
 * is one model; any other tag is another one.
 */
export function textModelName(connection: OllamaConnection): string {
	const name = connection.model?.trim() || DEFAULT_TEXT_MODEL;
	return name.replace(/:latest$/, '');
}

/**
 * What goes in front of a text. nomic-embed-text was trained with task prefixes and ranks worse
 * without them (its model card); Ollama does not add them. Other models get none.
 */
export function textPrefix(model: string, task: 'document' | 'query'): string {
	return /(^|\/)nomic-embed-text/i.test(model) ? `search_${task}: ` : '';
}
