import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Arguments or a file that cannot be used; the message says which entry, and why. */
export class RefusedInput extends Error {}

/** A path as the user meant it: npm runs scripts in the package's folder and says here where they were. */
export function fromUser(path: string): string {
	return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

/** @throws RefusedInput where there is no such file, or no JSON in it */
export function readJson(file: string): unknown {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
		throw new RefusedInput(missing ? `There is no file ${file}` : (error as Error).message);
	}
	try {
		return JSON.parse(text) as unknown;
	} catch (error) {
		throw new RefusedInput(`${file} is no JSON: ${(error as Error).message}`);
	}
}
