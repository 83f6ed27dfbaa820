import { open } from 'node:fs/promises';

/** Waits until a file's content is on the disk, so that a name may be given to it. */
export async function syncFile(file: string): Promise<void> {
	const handle = await open(file, 'r+');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** Waits until the names in a folder are on the disk, as after a rename. */
export async function syncFolder(folder: string): Promise<void> {
	// Windows writes names at once and cannot open a folder.
	if (process.platform === 'win32') return;
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
