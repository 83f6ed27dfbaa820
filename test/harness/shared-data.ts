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

/** For a test's `skip` option: the notice where the data is missing. */
export const NO_SHARED_DATA: string | false = SHARED_DATA ? false : '../shared/data is not here';

export function sharedData(...parts: string[]): string {
	return path.join(SHARED_DATA ?? '', ...parts);
}
