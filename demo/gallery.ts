import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../test/harness/root';
import type { Photo } from './photos';

const FOLDER = join(ROOT, 'demo', 'gallery');

interface GalleryEntry {
	file: string;
	/** Kept back at first, to be uploaded while everything runs. */
	upload?: boolean;
	/** What finds it. */
	uploadQuery?: string;
}

export interface ExpectedAnswer {
	query: string;
	/** Each of these files must be among the first `top` results. */
	expected: string[];
	top: number;
}

export interface Gallery {
	photos: Photo[];
	later: Photo & { query: string };
	answers: ExpectedAnswer[];
}

/** The drawings that ship with this repository, and the right answers about them. */
export function readGallery(): Gallery {
	const entries = readJson<GalleryEntry[]>('gallery.json');
	const later = entries.find(({ upload }) => upload);
	if (!later?.uploadQuery) throw new Error('gallery.json names no photo to upload later');
	return {
		photos: entries.filter((entry) => entry !== later).map(toPhoto),
		later: { ...toPhoto(later), query: later.uploadQuery },
		answers: readJson<ExpectedAnswer[]>('queries.json'),
	};
}

function toPhoto({ file }: GalleryEntry): Photo {
	return { file: join(FOLDER, file), key: file };
}

function readJson<T>(name: string): T {
	return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as T;
}
