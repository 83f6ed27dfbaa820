import { EngineError } from '../errors';

/** Longer texts say nothing more to a 64-token text tower, and a webhook is open to strangers. */
const MAX_QUERY_LENGTH = 2_000;

/** Throws `QUERY_TOO_LONG` for a text that is more than a query. */
export function checkLength(text: string): void {
	if (text.length <= MAX_QUERY_LENGTH) return;
	throw new EngineError(
		'QUERY_TOO_LONG',
		`The query has ${text.length} characters; at most ${MAX_QUERY_LENGTH} are read. Shorten it.`,
	);
}

export function emptyQuery(): EngineError {
	return new EngineError('EMPTY_QUERY', 'The query is empty. Say what to look for.');
}

/**
 * A text fit to be embedded, without white space around it.
 *
 * @throws EngineError `EMPTY_QUERY`, `QUERY_TOO_LONG`
 */
export function checkQuery(text: string): string {
	const trimmed = text.trim();
	if (trimmed === '') throw emptyQuery();
	checkLength(trimmed);
	return trimmed;
}
