import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { SHARED_DATA } from '../../test/harness/shared-data';

/** What the engine decodes. */
const PHOTO = /\.(jpe?g|png|webp|tiff?|gif)$/i;
/** `golden/` beside `photos100/photos/`: two folders down from the parent, and one to spare. */
const DEPTH = 3;
/** A golden folder in a home or temporary folder must not mean a walk over the whole disk. */
const MAX_FOLDERS = 2_000;
const NO_PHOTOS_IN = new Set(['resize', 'onnx', 'visual', 'textual', 'node_modules']);

/** Finds the photos that golden files speak of. */
export class PhotoFinder {
	readonly #roots: string[];
	/** Paths by file name, and by file name without extension; nearest first. */
	#names: Map<string, string[]> | undefined;

	/**
	 * @param dir the golden folder
	 * @param photos a folder to look in before any other
	 */
	constructor(dir: string, photos?: string) {
		const own = [path.resolve(dir), realpathSync(dir)];
		const roots = [...(photos ? [path.resolve(photos)] : []), ...own, ...own.map(parentOf)];
		// Copies of the project's golden data lie anywhere; their photos stay where they are.
		if (SHARED_DATA) roots.push(SHARED_DATA);
		this.#roots = [...new Set(roots)];
	}

	/** The file of a path as expected.json gives it: from a root, or else by its name alone. */
	byPath(file: string): string | undefined {
		return (
			this.#roots.map((root) => path.resolve(root, file)).find(existsSync) ??
			this.#named(path.basename(file))[0]
		);
	}

	/**
	 * The photos of that file name, with or without extension.
	 *
	 * @param known paths that count before what lies in the folders
	 */
	byName(name: string, known: string[] = []): string[] {
		const match = known.find((file) => [path.basename(file), stem(file)].includes(name));
		const meant = match && this.byPath(match);
		return meant ? [meant] : this.#named(name);
	}

	#named(name: string): string[] {
		return (this.#names ??= this.#index()).get(name) ?? [];
	}

	#index(): Map<string, string[]> {
		const names = new Map<string, string[]>();
		for (const file of new Set(this.#roots.flatMap(photosNear))) {
			for (const name of new Set([path.basename(file), stem(file)])) {
				names.set(name, [...(names.get(name) ?? []), file]);
			}
		}
		return names;
	}
}

function parentOf(dir: string): string {
	return path.dirname(dir);
}

function stem(file: string): string {
	return path.basename(file, path.extname(file));
}

/** Nearer folders first, names in order. */
function photosNear(root: string): string[] {
	const photos: string[] = [];
	let level = [root];
	let seen = 0;
	for (let depth = 0; depth <= DEPTH && level.length > 0; depth++) {
		const next: string[] = [];
		for (const dir of level) {
			if (++seen > MAX_FOLDERS) return photos;
			for (const { file, isFolder } of entriesOf(dir)) {
				if (isFolder) next.push(file);
				else if (PHOTO.test(file)) photos.push(file);
			}
		}
		level = next;
	}
	return photos;
}

function entriesOf(dir: string): { file: string; isFolder: boolean }[] {
	try {
		return readdirSync(dir, { withFileTypes: true })
			.filter(({ name }) => !name.startsWith('.') && !NO_PHOTOS_IN.has(name))
			.map((entry) => ({ file: path.join(dir, entry.name), isFolder: entry.isDirectory() }))
			.sort((a, b) => (a.file < b.file ? -1 : 1));
	} catch {
		// A folder that may not be read holds no photo for us.
		return [];
	}
}
