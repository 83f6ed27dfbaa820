import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { VectorIndex } from '../vector-index';
import {
	EXPORT_FORMAT,
	EXPORT_VERSION,
	sortGenerations,
	type ExportEnd,
	type ExportHeader,
} from './export-format';
import { photoWriter } from './photo-line';

/** Characters handed over at once: few enough to hold, enough that the calls do not count. */
const CHUNK_LENGTH = 256 * 1024;

/**
 * An index as the bytes of an export, chunk by chunk, at the pace they are taken. Photos that are
 * written meanwhile may be in it or not; each photo is whole.
 */
export async function* exportIndex(index: VectorIndex): AsyncGenerator<Buffer> {
	const hash = createHash('sha256');
	const header = await headerOf(index);
	const toLine = photoWriter(header);
	let text = `${JSON.stringify(header)}\n`;
	let photos = 0;
	for await (const photo of index.photos()) {
		text += `${toLine(photo)}\n`;
		photos++;
		if (text.length < CHUNK_LENGTH) continue;
		const bytes = Buffer.from(text);
		hash.update(bytes);
		yield bytes;
		text = '';
		// A fast reader would keep searches waiting for as long as the export takes.
		await turn();
	}
	hash.update(text);
	const end: ExportEnd = { end: { photos, sha256: hash.digest('hex') } };
	yield Buffer.from(`${text}${JSON.stringify(end)}\n`);
}

async function headerOf(index: VectorIndex): Promise<ExportHeader> {
	const generations = sortGenerations(await index.generations());
	return {
		format: EXPORT_FORMAT,
		version: EXPORT_VERSION,
		index: index.name,
		photos: await index.count(),
		generations: generations.map(({ kind, model, dimension, state, vectors }) => ({
			kind,
			model,
			dimension,
			state,
			vectors,
		})),
	};
}
