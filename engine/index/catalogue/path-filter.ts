import { extensionsOf } from '../../service/contract';
import type { Where } from './where';

/** What a photo is called: its key in the bucket, or its id. */
const PATH = 'coalesce(photos.key, photos.id)';

/**
 * Photos whose key, or id where they have no object, contains a text; `*` stands for anything.
 * SQLite compares without case only A to Z, so that other letters are asked for in either case, and
 * with their accents in one character or in two, as file systems differ in that.
 */
export function pathContains(text: string): Where {
	const forms = [text.toLowerCase(), text.toUpperCase()].flatMap((cased) => [
		cased.normalize('NFC'),
		cased.normalize('NFD'),
	]);
	// LIKE takes A for a: most texts need one pattern only.
	const patterns = new Map(forms.map((form) => [form.replace(/[A-Z]/g, lower), likePattern(form)]));
	return {
		sql: [...patterns].map(() => `${PATH} LIKE ? ESCAPE '\\'`).join(' OR '),
		values: [...patterns.values()],
	};
}

/** Photos whose file's name ends with one of the extensions of these types. */
export function hasType(types: string[]): Where {
	const extensions = types.flatMap((type) => extensionsOf(type) ?? []);
	return {
		// What rtrim leaves ends with the last dot, since it takes away every other character.
		sql: `instr(${PATH}, '.') > 0
			AND lower(substr(${PATH}, 1 + length(rtrim(${PATH}, replace(${PATH}, '.', '')))))
				IN (SELECT value FROM json_each(?))`,
		values: [JSON.stringify(extensions)],
	};
}

function likePattern(text: string): string {
	return `%${text.replace(/[\\%_]/g, '\\$&').replace(/\*+/g, '%')}%`;
}

function lower(letter: string): string {
	return letter.toLowerCase();
}
