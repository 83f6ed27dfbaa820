/**
 * The form in which tags, people and cameras are compared. Lone surrogates become what SQLite makes
 * of them, or two labels might turn out to be one when they are stored.
 */
export function foldLabel(name: string): string {
	return name
		.replace(/\p{Cs}/gu, '\ufffd')
		.normalize('NFC')
		.trim()
		.toLowerCase();
}

/** The labels to store for a list as the caller wrote it. */
export function foldedSet(names: string[]): Set<string> {
	return new Set(names.map(foldLabel).filter((name) => name !== ''));
}
