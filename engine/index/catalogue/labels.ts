/** The form in which tags, people and cameras are compared. */
export function foldLabel(name: string): string {
	return name.normalize('NFC').trim().toLowerCase();
}

/** The labels to store for a list as the caller wrote it. */
export function foldedSet(names: string[]): Set<string> {
	return new Set(names.map(foldLabel).filter((name) => name !== ''));
}
