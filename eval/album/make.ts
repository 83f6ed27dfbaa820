import type { Album } from './album-file';
import { Lexicon, unintended } from './lexicon';
import { makeMoment } from './moments';
import type { Photo } from './photo';
import { makeQueries } from './queries/make-queries';
import { Random } from './random';
import { Recorder } from './records';
import { DEVELOPMENT_SEED, makeWorld } from './world';

const RECORDS = 320;

/**
 * An album that somebody might have, and questions to it with their right answers. A small world says
 * what is in each photo; its record tells part of that, in one or another word. Who is meant by a
 * question follows from the meaning of its words and what the records tell, never from what a search
 * finds. Another seed makes an album of other names, words, places, dates and sentences.
 *
 * @throws Error should a record say by accident what it does not mean
 */
export function makeAlbum(seed = DEVELOPMENT_SEED): Album {
	const world = makeWorld(seed);
	const random = new Random(seed + 0x5eed);
	const recorder = new Recorder(world, random, seed);
	const photos: Photo[] = [];
	for (let number = 0; photos.length < RECORDS; number++) {
		const moment = makeMoment(world, random, number);
		for (const time of moment.times) photos.push(recorder.record(moment, time));
	}
	photos.length = RECORDS;
	const lexicon = new Lexicon(world);
	for (const photo of photos) {
		const words = unintended(photo, lexicon);
		if (words.length > 0) {
			throw new Error(`${JSON.stringify(photo.record)} says "${words.join('", "')}" by accident`);
		}
	}
	return {
		records: photos.map(({ record }) => record),
		queries: makeQueries({ world, photos, lexicon, random }),
	};
}

/** The file's text: a line for each record and query. */
export function albumText({ records, queries }: Album): string {
	const lines = (list: object[]) => list.map((entry) => `\t\t${JSON.stringify(entry)}`).join(',\n');
	return `{\n\t"records": [\n${lines(records)}\n\t],\n\t"queries": [\n${lines(queries)}\n\t]\n}\n`;
}
