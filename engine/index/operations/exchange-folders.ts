import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { DATABASE_FILE } from '../catalogue/database';
import { syncFolder } from '../sync-to-disk';

/** No index name starts with a dot. */
const STAGED = '.staged-';
const ASIDE = '.aside-';
const DROPPED = '.dropped-';

/** A new folder in which an index is made, on the disk of all others. */
export async function stage(root: string, name: string): Promise<string> {
	const folder = path.join(root, `${STAGED}${name}-${randomBytes(4).toString('hex')}`);
	await mkdir(folder, { recursive: true, mode: 0o700 });
	return folder;
}

/**
 * Puts a staged folder in the place of an index's folder. The one that was there stays aside until
 * {@link forgetAside}, and is back if `open` throws; were the process killed meanwhile,
 * {@link recoverFolders} finds it.
 */
export async function exchange<T>(
	root: string,
	name: string,
	staged: string,
	open: () => Promise<T>,
): Promise<T> {
	const folder = path.join(root, name);
	const aside = path.join(root, `${ASIDE}${name}`);
	// What is aside still was never replaced by anything that opened: it is the last good copy.
	const isAside = existsSync(path.join(aside, DATABASE_FILE));
	if (!isAside) await forgetAside(root, name);
	const inPlace = existsSync(folder);
	// A name once synced leads to the whole of the new index, whatever happens to the machine.
	await syncFolder(staged);
	if (inPlace && isAside) await rm(await moveOut(root, name), { recursive: true, force: true });
	else if (inPlace) await rename(folder, aside);
	const wasThere = inPlace || isAside;
	try {
		await rename(staged, folder);
		// Before anything is forgotten: not even a power cut may leave neither of the two.
		await syncFolder(root);
		return await open();
	} catch (error) {
		await rm(folder, { recursive: true, force: true });
		if (wasThere) await rename(aside, folder);
		throw error;
	}
}

/** The index of this name is open, so whatever it has replaced is no longer needed. */
export async function forgetAside(root: string, name: string): Promise<void> {
	const aside = `${ASIDE}${name}`;
	if (!existsSync(path.join(root, aside))) return;
	// At once: what is left of it must not be taken for the last good copy.
	await rm(await moveOut(root, aside), { recursive: true, force: true });
}

/**
 * Renames a folder to something no index is called, and waits until that is on the disk.
 *
 * @returns where it is now, to be removed; {@link recoverFolders} does that otherwise
 */
export async function moveOut(root: string, entry: string): Promise<string> {
	const out = path.join(root, `${DROPPED}${entry}-${randomBytes(4).toString('hex')}`);
	await rename(path.join(root, entry), out);
	await syncFolder(root);
	return out;
}

/**
 * Cleans up after a process that was killed while it exchanged or dropped folders: what was aside is
 * back unless something else stands in its place, what was on its way out is gone. Call before anything is opened.
 */
export function recoverFolders(root: string): void {
	for (const entry of existsSync(root) ? readdirSync(root) : []) {
		const found = path.join(root, entry);
		if (entry.startsWith(STAGED) || entry.startsWith(DROPPED)) {
			rmSync(found, { recursive: true, force: true });
		}
		if (!entry.startsWith(ASIDE)) continue;
		const folder = path.join(root, entry.slice(ASIDE.length));
		if (existsSync(path.join(folder, DATABASE_FILE))) continue;
		rmSync(folder, { recursive: true, force: true });
		renameSync(found, folder);
	}
}
