import { statSync } from 'node:fs';

/**
 * What was made of files, until a file changes: a model that was downloaded anew lies where the
 * old one was, and the old one's vectors must not go by its name.
 */
export class FileCache<T> {
	readonly #entries = new Map<string, { stamp: string; value: T }>();

	get(file: string, make: () => T): T {
		const stats = statSync(file, { throwIfNoEntry: false });
		const stamp = `${stats?.ino} ${stats?.size} ${stats?.mtimeMs}`;
		const known = this.#entries.get(file);
		if (known?.stamp === stamp) return known.value;
		const value = make();
		this.#entries.set(file, { stamp, value });
		return value;
	}

	/** Forgets it, so that the next call makes it again. */
	delete(file: string): void {
		this.#entries.delete(file);
	}
}
