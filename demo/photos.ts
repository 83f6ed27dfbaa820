import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { BUCKET } from '../test/harness/site';
import type { S3Storage } from '../test/harness/s3-storage';

/** A file and the key it gets in the bucket. */
export interface Photo {
	file: string;
	key: string;
}

const JPEG = new Set(['.jpg', '.jpeg']);

/** Every JPEG under a folder, keyed by its path from there. */
export function photosUnder(folder: string): Photo[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && JPEG.has(extname(entry.name).toLowerCase()))
		.map((entry) => join(entry.parentPath, entry.name))
		.sort()
		.map((file) => ({ file, key: relative(folder, file).split(sep).join('/') }));
}

/** Uploads what the bucket does not hold yet; resolves with how many that were. */
export async function upload(
	storage: S3Storage,
	photos: Photo[],
	onProgress: (done: number) => void = () => {},
): Promise<number> {
	const present = await storage.list(BUCKET);
	let uploaded = 0;
	for (const [index, { file, key }] of photos.entries()) {
		if (present.get(key) !== statSync(file).size) {
			await storage.put(BUCKET, key, readFileSync(file));
			uploaded++;
		}
		onProgress(index + 1);
	}
	return uploaded;
}
