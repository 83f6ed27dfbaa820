/** What a photo's facts say about the file itself; of another file it would be untrue. */
const OF_THE_FILE = [
	...(['title', 'description', 'tags', 'people', 'taken_at'] as const),
	...(['lat', 'lon', 'width', 'height', 'metadata'] as const),
];

/** As much of a file as tells it from another one under the same key. */
export interface FileVersion {
	etag?: string | null | undefined;
	size?: number | null | undefined;
}

/**
 * Whether these are two files. Where either was stored without an etag nobody knows, and the answer
 * is no; gateways that have none answer '', and there the size must do.
 */
export function isOtherFile(before: FileVersion, now: FileVersion): boolean {
	const [oldEtag, etag, oldSize, size] = [before.etag, now.etag, before.size, now.size].map(
		(value) => value ?? undefined,
	);
	if (oldEtag === undefined || etag === undefined) return false;
	if (oldEtag !== etag) return true;
	return etag === '' && oldSize !== undefined && size !== undefined && oldSize !== size;
}

/**
 * The record, clearing what it does not say about its file. A photo's facts otherwise outlive it:
 * the index keeps what a record leaves open, and so a new picture would be found by the words of the
 * one it replaced. Words a user added go too; nothing tells them from the file's.
 */
export function clearingOldFacts<R extends Facts>(record: R): R {
	const facts = OF_THE_FILE.map((name) => [name, record[name] ?? null] as const);
	return { ...record, ...Object.fromEntries(facts) };
}

type Facts = { [K in (typeof OF_THE_FILE)[number]]?: unknown };
