import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../errors';
import { CONFIG_FILES, MANIFEST_FILE, TOWER_FILES } from './model-folder';

export interface HubOptions {
	/** Hub or mirror, `HF_ENDPOINT` by custom. */
	endpoint: string;
	/** Access token, `HF_TOKEN` by custom; sent to the endpoint only, never to where it redirects. */
	token?: string;
	/** Milliseconds before the first retry; each further one waits twice as long. Default 1 s. */
	retryMs?: number;
}

/** Bytes so far and in all (0 while unknown). */
export interface Progress {
	received: number;
	total: number;
}

const ATTEMPTS = 5;
/** No byte for this long means the connection is dead. */
const STALL_MS = 30_000;
/** What must stay free on the disk after a download. */
const SPARE_BYTES = 256 * 1024 * 1024;

/** What the hub declares of a file before it sends it. */
interface RemoteFile {
	url: string;
	headers: Record<string, string>;
	/** Redirected to another host, whose addresses expire. */
	elsewhere: boolean;
	size: number;
	/** Hex digest: sha256 for large files, git's blob sha1 for small ones. */
	checksum?: { algorithm: 'sha256' | 'git'; hex: string };
	commit?: string;
}

/**
 * Brings a repository's model into `dir`, which appears only when every file is complete and its
 * checksum right. Half-downloaded files wait beside it and are resumed by the next call.
 *
 * @throws EngineError `MODEL_DOWNLOAD_FAILED`
 */
export async function downloadModel(
	repository: string,
	revision: string,
	dir: string,
	hub: HubOptions,
	onProgress: (progress: Progress) => void,
	signal?: AbortSignal,
): Promise<void> {
	const partial = `${dir}.partial`;
	await mkdir(path.join(partial, 'onnx'), { recursive: true });
	const files: Record<string, { size: number; checksum?: string }> = {};
	let commit = revision;
	let finished = 0;
	const remotes: { file: string; remote: RemoteFile }[] = [];
	for (const file of [...CONFIG_FILES, ...TOWER_FILES]) {
		// Once the commit is known the rest comes from that very commit, whatever `main` does meanwhile.
		const remote = await retry(
			() => resolveFile(repository, commit, file, hub, signal),
			hub,
			signal,
		);
		commit = remote.commit ?? commit;
		remotes.push({ file, remote });
	}
	const total = remotes.reduce((sum, { remote }) => sum + remote.size, 0);
	await requireSpace(partial, total);
	for (const { file, remote } of remotes) {
		const target = path.join(partial, file);
		await retry(
			// Asked for anew each time: the address a redirect leads to expires.
			async () => {
				const fresh = await resolveFile(repository, commit, file, hub, signal);
				const report = (received: number) => onProgress({ received: finished + received, total });
				await fetchFile(fresh, target, report, signal);
			},
			hub,
			signal,
		);
		finished += remote.size;
		files[file] = { size: remote.size, checksum: remote.checksum?.hex };
	}
	await writeFile(
		path.join(partial, MANIFEST_FILE),
		JSON.stringify({ repository, revision: commit, files }, null, '\t'),
	);
	await rm(dir, { recursive: true, force: true });
	await rename(partial, dir);
}

/** Asks for a file without following its redirect, since the declared checksum is on the redirect. */
async function resolveFile(
	repository: string,
	revision: string,
	file: string,
	hub: HubOptions,
	signal?: AbortSignal,
): Promise<RemoteFile> {
	const url = `${hub.endpoint.replace(/\/+$/, '')}/${repository}/resolve/${encodeURIComponent(revision)}/${file}`;
	const headers: Record<string, string> = hub.token ? { authorization: `Bearer ${hub.token}` } : {};
	const response = await fetch(url, {
		method: 'HEAD',
		headers,
		redirect: 'manual',
		signal: withTimeout(signal, STALL_MS),
	});
	await response.body?.cancel();
	if (response.status >= 400) throw hubError(response, repository, file);
	const location = response.headers.get('location');
	const target = location ? new URL(location, url) : undefined;
	const sameHost = !target || target.host === new URL(url).host;
	const etag = (
		response.headers.get('x-linked-etag') ??
		response.headers.get('etag') ??
		''
	).replace(/^W\/|"/g, '');
	const size = Number(
		response.headers.get('x-linked-size') ?? response.headers.get('content-length') ?? 0,
	);
	return {
		url: target?.href ?? url,
		headers: sameHost ? headers : {},
		elsewhere: !sameHost,
		size,
		checksum: /^[0-9a-f]{64}$/.test(etag)
			? { algorithm: 'sha256', hex: etag }
			: /^[0-9a-f]{40}$/.test(etag)
				? { algorithm: 'git', hex: etag }
				: undefined,
		commit: response.headers.get('x-repo-commit') ?? undefined,
	};
}

async function fetchFile(
	remote: RemoteFile,
	target: string,
	onReceived: (bytes: number) => void,
	signal?: AbortSignal,
): Promise<void> {
	if (existsSync(target) && (await matches(target, remote))) return;
	const part = `${target}.part`;
	let have = existsSync(part) ? (await stat(part)).size : 0;
	if (remote.size > 0 && have > remote.size) have = 0;
	if (have < remote.size || remote.size === 0) {
		const headers = { ...remote.headers, ...(have > 0 ? { range: `bytes=${have}-` } : {}) };
		const silence = new AbortController();
		const stall = setTimeout(() => silence.abort(new Error('no data for 30 seconds')), STALL_MS);
		const stop = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal;
		const response = await fetch(remote.url, { headers, signal: stop }).finally(() =>
			clearTimeout(stall),
		);
		if (response.status === 403 && remote.elsewhere) throw new Error('the address has expired');
		if (response.status >= 400 || !response.body)
			throw hubError(response, remote.url, path.basename(target));
		const resumed = response.status === 206;
		if (!resumed) have = 0;
		// Written chunk by chunk, so that what arrived before a break is there to go on from.
		const file = await open(part, resumed ? 'a' : 'w');
		try {
			stall.refresh();
			for await (const chunk of response.body) {
				await file.write(chunk);
				have += chunk.length;
				stall.refresh();
				onReceived(have);
			}
		} finally {
			clearTimeout(stall);
			await file.close();
		}
	}
	if (!(await matches(part, remote))) {
		const { size } = await stat(part);
		// A short file is resumed; a full one with a wrong checksum starts over.
		if (size >= remote.size) await rm(part);
		throw new Error(`${path.basename(target)} arrived incomplete or changed`);
	}
	await rename(part, target);
}

async function matches(file: string, remote: RemoteFile): Promise<boolean> {
	const { size } = await stat(file);
	if (remote.size > 0 && size !== remote.size) return false;
	if (!remote.checksum) return true;
	const hash = createHash(remote.checksum.algorithm === 'sha256' ? 'sha256' : 'sha1');
	if (remote.checksum.algorithm === 'git') hash.update(`blob ${size}\0`);
	for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
	return hash.digest('hex') === remote.checksum.hex;
}

async function requireSpace(dir: string, bytes: number): Promise<void> {
	const { bavail, bsize } = await statfs(dir);
	if (bavail * bsize < bytes + SPARE_BYTES) {
		throw new EngineError(
			'MODEL_DOWNLOAD_FAILED',
			`The model needs ${Math.ceil(bytes / 1e6)} MB, but only ${Math.floor((bavail * bsize) / 1e6)} MB are free in ${dir}. Make room and try again.`,
		);
	}
}

function hubError(response: Response, repository: string, file: string): EngineError {
	const name = `${file} of ${repository.replace(/\?.*$/, '')}`;
	const sentence =
		response.status === 401 || response.status === 403
			? `The hub refuses ${name}. Set HF_TOKEN to a token that may read it.`
			: response.status === 404
				? `The hub has no ${name} (${response.headers.get('x-error-code') ?? 'not found'}).`
				: response.status === 429
					? 'The hub limits the rate. Wait a few minutes, or set HF_TOKEN or a mirror in HF_ENDPOINT.'
					: `The hub answered ${response.status} for ${name}.`;
	return new EngineError('MODEL_DOWNLOAD_FAILED', sentence, { status: response.status });
}

/** Again after a broken connection, a 429 or a 5xx; at once an error for what will not change. */
async function retry<T>(
	attempt: () => Promise<T>,
	{ retryMs = 1_000 }: HubOptions,
	signal?: AbortSignal,
): Promise<T> {
	for (let n = 1; ; n++) {
		try {
			return await attempt();
		} catch (error) {
			signal?.throwIfAborted();
			const status = error instanceof EngineError ? Number(error.details?.['status'] ?? 0) : 500;
			if (n === ATTEMPTS || (status < 500 && status !== 429)) throw asDownloadError(error);
			await new Promise((resolve) => setTimeout(resolve, retryMs * 2 ** (n - 1)));
		}
	}
}

function asDownloadError(error: unknown): EngineError {
	if (error instanceof EngineError) return error;
	const cause =
		error instanceof Error
			? ((error.cause as Error | undefined)?.message ?? error.message)
			: String(error);
	return new EngineError(
		'MODEL_DOWNLOAD_FAILED',
		`The model hub cannot be reached (${cause}). Check the network, set a mirror in HF_ENDPOINT, or put the model's files into the models folder.`,
		undefined,
		{ cause: error },
	);
}

function withTimeout(signal: AbortSignal | undefined, ms: number): AbortSignal {
	const timeout = AbortSignal.timeout(ms);
	return signal ? AbortSignal.any([signal, timeout]) : timeout;
}
