import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ContentDigest, type Digests } from './content-digest';
import type { Content, HubClient, HubFile } from './hub-client';
import type { Declared } from './hub-declaration';
import { HubFailure } from './hub-failure';

/** One file to bring, and where to. */
export interface FileDownload {
	hub: HubClient;
	source: HubFile;
	declared: Declared;
	target: string;
	/** `received` bytes of the file are on disk; `resumed` if they were there before. */
	onReceived(received: number, resumed: boolean): void;
	onRetry(failure: HubFailure): void;
	/** Before bytes are asked for, when `have` of the file are on disk. */
	beforeTransfer(have: number): Promise<void>;
	signal?: AbortSignal;
}

export interface StoredFile {
	size: number;
	sha256: string;
}

/** A content that is whole but wrong is fetched again this often: it may be the hub that changed. */
const WRONG_CONTENTS = 2;

/**
 * Brings a file to `target`, which appears only when it is whole and its checksum is the declared
 * one. What arrived of a broken download is kept beside it and continued, as long as the hub
 * still declares the same content.
 *
 * @throws HubFailure, or the file system's error
 */
export async function downloadFile(download: FileDownload): Promise<StoredFile> {
	const { hub, declared, target, signal } = download;
	const present = await checkPresent(download);
	if (present) return present;
	await mkdir(path.dirname(target), { recursive: true });
	const part = `${target}.${partName(declared)}.part`;
	await removeOtherParts(target, part);
	let wrong = 0;
	let moved = false;
	return hub.retry(
		async () => {
			moved = false;
			const arrived = await fetchRest(download, part, () => (moved = true));
			if (isAsDeclared(arrived, declared)) {
				await rename(part, target);
				return { size: arrived.size, sha256: arrived.sha256 };
			}
			await rm(part);
			// Whole, and yet not the same: the bytes that came are no headway.
			moved = false;
			throw new HubFailure(
				`${path.basename(target)} arrived with a content the hub does not declare (its checksum differs). A proxy or mirror may have changed it.`,
				{ again: ++wrong < WRONG_CONTENTS },
			);
		},
		{ signal, hasMoved: () => moved, onRetry: (failure) => download.onRetry(failure) },
	);
}

/** The file from an earlier call, if it is what the hub declares now. */
async function checkPresent(download: FileDownload): Promise<StoredFile | undefined> {
	const { declared, target, signal } = download;
	if (!existsSync(target)) return undefined;
	const { size } = await stat(target);
	// Without a checksum to hold it against, only a download of this very call is believed.
	if (declared.checksum && (declared.size === undefined || declared.size === size)) {
		const digest = digestFor({ ...declared, size });
		await digest.updateFromFile(target, signal);
		const arrived = { size, ...digest.end() };
		if (isAsDeclared(arrived, declared)) {
			download.onReceived(size, true);
			return { size, sha256: arrived.sha256 };
		}
	}
	await rm(target);
	return undefined;
}

type Arrived = { size: number } & Digests;

/** Fetches what is missing of `part`. Resolves when the file is as long as declared. */
async function fetchRest(
	{ hub, source, declared, onReceived, beforeTransfer, signal }: FileDownload,
	part: string,
	onMoved: () => void,
): Promise<Arrived> {
	let digest = digestFor(declared);
	let have = await takeUp(part, declared, digest, signal);
	if (have > 0) onReceived(have, true);
	// An empty file is complete before a byte came.
	if (have !== declared.size || have === 0) {
		await beforeTransfer(have);
		const content = await hub.content(source, have, signal);
		if (content.from !== have) {
			if (content.from !== 0) {
				throw new HubFailure('The server sent another range than it was asked for.', {
					again: false,
				});
			}
			digest = digestFor(declared);
			have = 0;
			onReceived(0, true);
		}
		have = await append(content, part, digest, declared.size, (received) => {
			onMoved();
			onReceived(received, false);
		});
	}
	if (declared.size !== undefined && have < declared.size) {
		throw new HubFailure(`${source.file} broke off at ${have} of ${declared.size} bytes.`, {
			again: true,
		});
	}
	return { size: have, ...digest.end() };
}

/** Digests what an earlier try left in `part`. Returns its bytes; 0 where it cannot be continued. */
async function takeUp(
	part: string,
	{ size, etag }: Declared,
	digest: ContentDigest,
	signal: AbortSignal | undefined,
): Promise<number> {
	if (!existsSync(part)) return 0;
	const have = (await stat(part)).size;
	if (have === 0) return 0;
	if (etag === undefined || (size !== undefined && have > size)) {
		await rm(part);
		return 0;
	}
	return digest.updateFromFile(part, signal);
}

/** Written chunk by chunk, so that what arrived before a break is there to continue from. */
async function append(
	content: Content,
	part: string,
	digest: ContentDigest,
	size: number | undefined,
	onReceived: (received: number) => void,
): Promise<number> {
	let have = content.from;
	const handle = await open(part, have > 0 ? 'a' : 'w');
	try {
		for await (const chunk of content.chunks) {
			await handle.write(chunk);
			digest.update(chunk);
			have += chunk.length;
			// A server that never ends must not fill the disk; the checksum settles the rest.
			if (size !== undefined && have > size) break;
			onReceived(have);
		}
		// The name says that it is whole: that must hold after a power cut, too.
		await handle.sync();
	} finally {
		await handle.close();
	}
	return have;
}

/** Git's digest only where it is asked for: it costs as much as the other one. */
function digestFor({ size, checksum }: Declared): ContentDigest {
	return new ContentDigest(checksum?.algorithm === 'git' ? size : undefined);
}

function isAsDeclared(arrived: Arrived, { size, checksum }: Declared): boolean {
	if (size !== undefined && size !== arrived.size) return false;
	if (!checksum) return true;
	// A blob id begins with the size: without one it cannot be computed on the way.
	if (checksum.algorithm === 'git' && size === undefined) return true;
	return arrived[checksum.algorithm] === checksum.hex;
}

/** Part of the name, so that bytes of one content are never continued with another's. */
function partName({ etag }: Declared): string {
	return etag?.replace(/[^A-Za-z0-9]/g, '').slice(0, 16) || 'unknown';
}

async function removeOtherParts(target: string, part: string): Promise<void> {
	const folder = path.dirname(target);
	for (const name of await readdir(folder)) {
		const isPart = name.startsWith(`${path.basename(target)}.`) && name.endsWith('.part');
		if (isPart && path.join(folder, name) !== part) await rm(path.join(folder, name));
	}
}
