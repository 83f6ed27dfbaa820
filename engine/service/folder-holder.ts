import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { VERSION } from '../version';

/** The engine that has a data folder to itself. */
export interface FolderHolder {
	pid: number;
	/** In a container, the container's. */
	host: string;
	version: string;
	/** ISO 8601 */
	since: string;
}

/** Beside the lock, which nobody but its holder can read. */
const fileOf = (dataDir: string) => path.join(dataDir, 'engine.holder.json');

/** Says who holds the folder, for whoever finds it locked. Call while holding the lock. */
export function signAsHolder(dataDir: string): void {
	const holder: FolderHolder = {
		pid: process.pid,
		host: hostname(),
		version: VERSION,
		since: new Date().toISOString(),
	};
	writeFileSync(fileOf(dataDir), `${JSON.stringify(holder)}\n`, { mode: 0o600 });
}

/**
 * Who holds a locked folder, in words. Of a folder that is not locked it speaks of its last holder.
 *
 * @example 'process 4711 on nas, version 0.1.0, since 2026-11-22T22:40:08.000Z'
 */
export function describeHolder(dataDir: string): string {
	try {
		const { pid, host, version, since } = JSON.parse(
			readFileSync(fileOf(dataDir), 'utf8'),
		) as FolderHolder;
		return `process ${pid} on ${host}, version ${version}, since ${since}`;
	} catch {
		return 'a process that has not said which';
	}
}
