import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesOf } from '../../../engine/encode/models/model-layout';
import { PACKAGE_ROOT } from '../../../engine/locations';

/** Of the catalogue; what the double serves for it is small. */
export const MODEL = 'siglip-base-patch16-384';
export const REPOSITORY = 'Xenova/siglip-base-patch16-384';

const { config, towers } = filesOf('transformers');
export const TOWERS: readonly string[] & readonly [string, string] = towers;

/** The demo model's settings with towers of random bytes: a model as far as a download can tell. */
export function hubFiles(towerBytes = 300_000): Record<string, Buffer> {
	return Object.fromEntries([
		...config.map((name) => [name, demoFile(name)]),
		...towers.map((name) => [name, randomBytes(towerBytes)]),
	]) as Record<string, Buffer>;
}

/** The demo model under another name: one that can be loaded. */
export function demoFiles(): Record<string, Buffer> {
	return Object.fromEntries([...config, ...towers].map((name) => [name, demoFile(name)]));
}

function demoFile(name: string): Buffer {
	return readFileSync(path.join(PACKAGE_ROOT, 'models/demo', name));
}
