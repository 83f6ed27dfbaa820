import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PACKAGE_ROOT } from './locations';

/** This package's version, from its package.json. */
export const VERSION: string = (
	JSON.parse(readFileSync(path.join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string }
).version;

/** Whether `a` is an older release than `b`; pre-release suffixes do not count. */
export function isOlder(a: string, b: string): boolean {
	const [left, right] = [numbers(a), numbers(b)];
	const differs = left.findIndex((n, i) => n !== right[i]);
	return differs !== -1 && left[differs]! < right[differs]!;
}

function numbers(version: string): [number, number, number] {
	const [major = 0, minor = 0, patch = 0] = version
		.replace(/[-+].*$/, '')
		.split('.')
		.map(Number);
	return [major, minor, patch];
}
