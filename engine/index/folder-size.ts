import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of the files in a folder; those in folders below are not counted. */
export async function folderSize(folder: string): Promise<number> {
	let bytes = 0;
	for (const file of await readdir(folder)) {
		// A snapshot may be replaced between the listing and this.
		bytes += await stat(join(folder, file)).then(
			({ size }) => size,
			() => 0,
		);
	}
	return bytes;
}
