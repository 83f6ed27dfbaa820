import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../errors';
import { asStorageError, requireSpace } from './disk-space';
import type { DownloadProgress } from './download-progress';
import { downloadFile } from './file-download';
import type { HubClient, HubFile } from './hub-client';
import type { Declared } from './hub-declaration';
import { FileAbsent, HubFailure } from './hub-failure';
import type { KnownFile } from './model-catalogue';
import { MANIFEST_FILE, readModelFolder } from './model-folder';
import { fingerprintOf, writeManifest, type Manifest } from './model-integrity';
import { filesOf, type ModelLayout } from './model-layout';

export interface ModelDownload {
	hub: HubClient;
	repository: string;
	/** Branch, tag or commit; the commit of the first answer is used for all files. */
	revision: string;
	layout: ModelLayout;
	/** What is known of its files beforehand, by path: a mirror is held against it. */
	known?: Readonly<Record<string, KnownFile>>;
	/** Appears, or is replaced, when every file is complete and right. */
	dir: string;
	progress: DownloadProgress;
	/** Told what went wrong before each new try. */
	onRetry?: (failure: HubFailure) => void;
	signal?: AbortSignal;
}

/** Where half a model waits, beside the place of the whole one. */
export function partialFolder(dir: string): string {
	return `${dir}.partial`;
}

/**
 * Brings a repository's model into `dir`. Files that are there already, from a broken download or
 * from a folder that is to be mended, are kept if the hub declares their checksum.
 *
 * The caller holds the models folder's lock for this model: two writers would spoil each other's
 * bytes.
 *
 * @throws EngineError `MODEL_DOWNLOAD_FAILED`, or the signal's reason
 */
export async function downloadModel(download: ModelDownload): Promise<void> {
	const { dir, signal } = download;
	const partial = partialFolder(dir);
	try {
		if (existsSync(path.join(dir, MANIFEST_FILE)) && !existsSync(partial))
			await rename(dir, partial);
		await mkdir(partial, { recursive: true });
		const { found, commit } = await look(download);
		const manifest = await fetchAll(download, partial, found, commit);
		requireModel(partial, download);
		await writeManifest(partial, manifest);
		await rm(dir, { recursive: true, force: true });
		await rename(partial, dir);
	} catch (error) {
		signal?.throwIfAborted();
		const known = asStorageError(error, path.dirname(dir));
		if (known instanceof EngineError) throw known;
		throw new EngineError(
			'MODEL_DOWNLOAD_FAILED',
			`The model could not be stored in ${dir}: ${(known as Error).message}`,
			undefined,
			{ cause: error },
		);
	}
}

type Found = { file: string; declared: Declared }[];

/** What the hub declares of each file, all of one commit. */
async function look(
	download: ModelDownload,
): Promise<{ found: Found; commit: string | undefined }> {
	const { hub, repository, layout, known, signal, onRetry } = download;
	let { revision } = download;
	let commit = /^[0-9a-f]{40}$/.test(revision) ? revision : undefined;
	const found: Found = [];
	const { config, towers } = filesOf(layout);
	// A graph of more than 2 GB keeps its weights in a file beside it.
	const optional = new Set(towers.map((tower) => `${tower}_data`));
	for (const file of [...config, ...towers, ...optional]) {
		try {
			const source = { repository, revision, file };
			const declared = await hub.retry(() => hub.declared(source, signal), { signal, onRetry });
			// Once the commit is known the rest comes from that very commit, whatever `main` does meanwhile.
			commit ??= declared.commit;
			revision = commit ?? revision;
			found.push({
				file,
				declared: hub.isMirror ? held(source, declared, known?.[file]) : declared,
			});
		} catch (error) {
			if (!(error instanceof FileAbsent && optional.has(file))) throw error;
		}
	}
	return { found, commit };
}

/**
 * The hub's own word on a commit is the truth; a mirror's is held against what is known.
 *
 * @throws HubFailure
 */
function held({ file, repository }: HubFile, declared: Declared, known?: KnownFile): Declared {
	if (!known) return declared;
	const { checksum } = declared;
	if (checksum?.algorithm === 'sha256' && checksum.hex !== known.sha256) {
		throw new HubFailure(
			`The mirror in HF_ENDPOINT has another ${file} of ${repository} than the hub. Use a mirror that keeps the files as they are.`,
			{ again: false },
		);
	}
	return {
		...declared,
		size: known.bytes,
		checksum: { algorithm: 'sha256', hex: known.sha256 },
		etag: declared.etag ?? known.sha256,
	};
}

async function fetchAll(
	{ hub, repository, revision, progress, onRetry, signal }: ModelDownload,
	partial: string,
	found: Found,
	commit: string | undefined,
): Promise<Manifest> {
	const total = found.reduce((sum, { declared }) => sum + (declared.size ?? 0), 0);
	progress.total = total;
	const manifest: Manifest = { repository, ...(commit && { revision: commit }), files: {} };
	let finished = 0;
	for (const { file, declared } of found) {
		const target = path.join(partial, file);
		let isRoomSure = false;
		const { size, sha256 } = await downloadFile({
			hub,
			source: { repository, revision: commit ?? revision, file },
			declared,
			target,
			signal,
			onRetry: (failure) => onRetry?.(failure),
			onReceived(received, resumed) {
				if (resumed) progress.restart(finished + received, performance.now());
				else progress.update(finished + received, performance.now());
			},
			async beforeTransfer(have) {
				if (!isRoomSure) await requireSpace(partial, Math.max(0, total - finished - have));
				isRoomSure = true;
			},
		});
		finished += size;
		manifest.files[file] = { size, sha256, fingerprint: fingerprintOf(target).fingerprint };
	}
	return manifest;
}

/** A login page or another repository's files have checksums, too: it must read as a model. */
function requireModel(partial: string, { repository }: ModelDownload): void {
	try {
		// Whether it is too large was decided before it was asked for.
		readModelFolder(partial, { allowLarge: true });
	} catch (error) {
		throw new EngineError(
			'MODEL_DOWNLOAD_FAILED',
			`What the hub gave for ${repository} is no model that this version understands: ${(error as Error).message}`,
			undefined,
			{ cause: error },
		);
	}
}
