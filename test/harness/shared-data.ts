import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './root';

/**
 * The folder of real photos and golden outputs that stands beside the project where it is
 * developed; undefined elsewhere.
 */
export const SHARED_DATA: string | undefined = [
	process.env['SHARED_DATA'] ?? '',
	path.join(ROOT, '..', 'shared', 'data'),
].find((folder) => folder !== '' && existsSync(path.join(folder, 'golden')));

/** Photographs that the project must not ship; undefined where they are not here. */
export const REAL_PHOTOS: string | undefined = [sharedData('photos100', 'photos')].find(
	(folder) => SHARED_DATA && existsSync(folder),
);

/** For a test's `skip` option: the notice where the data is missing. */
export const NO_SHARED_DATA: string | false = SHARED_DATA
	? false
	: 'the folder that SHARED_DATA names, or shared/data beside the clone, is not here';

export function sharedData(...parts: string[]): string {
	return path.join(SHARED_DATA ?? '', ...parts);
}
