import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../errors';
import { formatBytes } from '../../format';
import { ContentDigest } from './content-digest';
import { mendHint } from './mend';
import { MANIFEST_FILE } from './model-folder';

/** What a download wrote down about a folder, to be held against it later. */
export interface Manifest {
	repository: string;
	/** Commit of the hub; absent where a mirror does not say. */
	revision?: string;
	/** By path within the folder. */
	files: Record<string, ManifestFile>;
}

export interface ManifestFile {
	size: number;
	/** Of the whole content, hex. */
	sha256: string;
	/** Of size, beginning, middle and end: what can be looked at each time a model is loaded. */
	fingerprint?: string;
	/** A verification found another content: not to be loaded before it is mended. */
	broken?: true;
}

export interface CheckedFile {
	file: string;
	size: number;
	/** Absent: as it was downloaded. */
	problem?: string;
}

const CHANGED = 'has another content than was downloaded';

/** Undefined for a folder that no download made. A manifest that cannot be read is none. */
export function readManifest(dir: string): Manifest | undefined {
	const file = path.join(dir, MANIFEST_FILE);
	if (!existsSync(file)) return undefined;
	try {
		const { repository, revision, files } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
		if (typeof repository !== 'string' || typeof files !== 'object' || files === null)
			return undefined;
		return { repository, revision, files };
	} catch {
		return undefined;
	}
}

export async function writeManifest(dir: string, manifest: Manifest): Promise<void> {
	const file = path.join(dir, MANIFEST_FILE);
	await writeFile(`${file}.new`, `${JSON.stringify(manifest, null, '\t')}\n`);
	await rename(`${file}.new`, file);
}

/** Files that are missing, or visibly not what was downloaded, and what is wrong with each. */
export function wrongFiles(dir: string, manifest: Manifest): Map<string, string> {
	const wrong = new Map<string, string>();
	for (const [file, expected] of Object.entries(manifest.files)) {
		const problem = expected.broken ? CHANGED : glance(path.join(dir, file), expected);
		if (problem) wrong.set(file, problem);
	}
	return wrong;
}

/**
 * The checks that cost next to nothing: every file is there, has its size, and its fingerprint.
 * They find a file that was cut short or exchanged; `verifyModel` finds a single changed bit.
 *
 * @throws EngineError `MODEL_BROKEN` naming the file and the command that mends it
 */
export function requireIntact(id: string, dir: string, manifest: Manifest): void {
	for (const [file, problem] of wrongFiles(dir, manifest)) {
		throw new EngineError(
			'MODEL_BROKEN',
			`${file} of the model ${id} in ${dir} ${problem}. ${mendHint(id)}`,
		);
	}
}

/**
 * Recomputes the checksum of every file that was downloaded, and notes in the manifest which are
 * wrong, so that they are not loaded.
 */
export async function verifyModel(
	dir: string,
	manifest: Manifest,
	signal?: AbortSignal,
): Promise<CheckedFile[]> {
	const checked: CheckedFile[] = [];
	const files: Manifest['files'] = {};
	for (const [file, { size, sha256, fingerprint }] of Object.entries(manifest.files)) {
		signal?.throwIfAborted();
		const problem = await examine(path.join(dir, file), { size, sha256 }, signal);
		checked.push({ file, size, ...(problem && { problem }) });
		files[file] = { size, sha256, fingerprint, ...(problem === CHANGED && { broken: true }) };
	}
	const noted = { ...manifest, files };
	if (JSON.stringify(noted) !== JSON.stringify(manifest)) {
		// In a folder that is read-only the answer must do.
		await writeManifest(dir, noted).catch(() => undefined);
	}
	return checked;
}

async function examine(
	file: string,
	{ size, sha256 }: ManifestFile,
	signal: AbortSignal | undefined,
): Promise<string | undefined> {
	if (!existsSync(file)) return 'is missing';
	const digest = new ContentDigest(undefined);
	const bytes = await digest.updateFromFile(file, signal);
	if (bytes !== size) return wrongSize(bytes, size);
	return digest.end().sha256 === sha256 ? undefined : CHANGED;
}

function glance(file: string, { size, fingerprint }: ManifestFile): string | undefined {
	if (!existsSync(file)) return 'is missing';
	const found = fingerprintOf(file);
	if (found.size !== size) return wrongSize(found.size, size);
	if (fingerprint === undefined || found.fingerprint === fingerprint) return undefined;
	return CHANGED;
}

function wrongSize(found: number, expected: number): string {
	const [is, should] = [found, expected].map(formatBytes);
	return is === should
		? `has ${found} instead of ${expected} bytes`
		: `has ${is} instead of ${should}`;
}

/** Read at the beginning, the middle and the end: 0.2 ms, and two models differ in all of them. */
const SAMPLE_BYTES = 64 * 1024;

export function fingerprintOf(file: string): { size: number; fingerprint: string } {
	const handle = openSync(file, 'r');
	try {
		const { size } = fstatSync(handle);
		const digest = createHash('sha256').update(`${size}\0`);
		const sample = Buffer.alloc(SAMPLE_BYTES);
		const last = Math.max(0, size - SAMPLE_BYTES);
		for (const position of new Set([0, Math.floor(last / 2), last])) {
			digest.update(sample.subarray(0, readSync(handle, sample, 0, SAMPLE_BYTES, position)));
		}
		return { size, fingerprint: digest.digest('hex').slice(0, 32) };
	} finally {
		closeSync(handle);
	}
}
