import { header, type HubResponse } from './hub-transport';

/** What the hub declares of a file before it sends it. */
export interface Declared {
	/** Absent where a mirror does not say. */
	size?: number;
	/** Hex digest: sha256 for large files, git's blob sha1 for small ones. */
	checksum?: { algorithm: 'sha256' | 'git'; hex: string };
	/** Changes with the content; what was kept of a broken download belongs to it. */
	etag?: string;
	/** The commit behind the revision. */
	commit?: string;
}

/** Adds what an answer says of the file; the first that says something is right. */
export function noteDeclared(declared: Declared, response: HubResponse): void {
	declared.commit ??= header(response, 'x-repo-commit');
	if (response.statusCode >= 400) return;
	const isRedirect = response.statusCode >= 300;
	const etag = (
		header(response, 'x-linked-etag') ?? (isRedirect ? undefined : header(response, 'etag'))
	)?.replace(/^W\/|"/g, '');
	if (etag) {
		declared.etag ??= etag;
		if (/^[0-9a-f]{64}$/.test(etag)) declared.checksum ??= { algorithm: 'sha256', hex: etag };
		if (/^[0-9a-f]{40}$/.test(etag)) declared.checksum ??= { algorithm: 'git', hex: etag };
	}
	const size =
		header(response, 'x-linked-size') ??
		(isRedirect ? undefined : header(response, 'content-length'));
	if (size !== undefined && /^\d+$/.test(size)) declared.size ??= Number(size);
}
