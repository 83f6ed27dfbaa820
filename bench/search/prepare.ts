import {
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { OnnxEncoder } from '../../engine/encode/onnx-encoder';
import { readModelFolder } from '../../engine/encode/models/model-folder';
import { createIndexStore } from '../../engine/index/index-store';
import { BLOCK } from '../index/vector-maker';
import { centre } from '../support/centre';
import { makeInt8 } from '../support/int8-towers';
import { architectureOf, writeRandomModel } from '../support/random-model';
import { Album } from './album';

export const INDEX = 'bench';

/** Photos stored in one transaction. */
const BATCH = 512;

/** To be raised whenever the same album has other photos. */
const VERSION = 1;

/** A model whose 8-bit towers are made. */
export interface PreparedModel {
	/** Of the model's folder. */
	id: string;
	modelsDir: string;
	/** With revision: what vectors remember of it. */
	name: string;
	dimension: number;
	/** False where 8 bits were refused for a text. */
	isInt8: boolean;
}

/**
 * A model in `dir`, unless it is there: a catalogue model's shapes with random weights, or the files of
 * `folder`; and its 8-bit towers.
 */
export async function prepareModel(
	dir: string,
	model: string,
	folder: string | undefined,
	threads: number,
	say: (text: string) => void,
): Promise<PreparedModel> {
	// A name of its own: a catalogue model's files would be held to the published checksums.
	const id = `bench-${model}`;
	const modelsDir = join(dir, 'models');
	const target = join(modelsDir, id);
	mkdirSync(modelsDir, { recursive: true });
	if (folder) {
		rmSync(target, { recursive: true, force: true });
		symlinkSync(resolve(folder), target, 'dir');
	} else if (!existsSync(target)) {
		say('random weights');
		const part = `${target}.part`;
		rmSync(part, { recursive: true, force: true });
		await writeRandomModel(model, part);
		if (architectureOf(model)?.family.startsWith('siglip')) {
			await centre(readModelFolder(part), threads);
		}
		renameSync(part, target);
	}
	say('8-bit towers');
	const { store, text } = await makeInt8(id, modelsDir, threads);
	const encoder = new OnnxEncoder({ store, threads });
	try {
		const { model: name } = await encoder.info(id);
		const { length: dimension } = await encoder.embedText('a photo', { model: id });
		return { id, modelsDir, name, dimension, isInt8: text.accepted };
	} finally {
		await encoder.close();
	}
}

/** The folder of an engine whose index holds `n` photos, made unless it is there. */
export async function prepareIndex(
	dir: string,
	n: number,
	{ name, dimension }: PreparedModel,
	say: (text: string) => void,
): Promise<string> {
	const dataDir = join(dir, `photos-${n}`);
	const holds = join(dataDir, 'holds.json');
	const wanted = JSON.stringify({ version: VERSION, n, model: name });
	if (existsSync(holds) && readFileSync(holds, 'utf8') === wanted) return dataDir;
	rmSync(dataDir, { recursive: true, force: true });
	mkdirSync(dataDir, { recursive: true });
	const store = createIndexStore({ dataDir });
	try {
		const index = await store.open(INDEX, { create: true });
		const album = new Album(name, dimension);
		for (let block = 0; block * BLOCK < n; block++) {
			say(`${block * BLOCK} photos`);
			const photos = album.read(block, n);
			for (let from = 0; from < photos.length; from += BATCH) {
				const results = await index.upsert(photos.slice(from, from + BATCH));
				for (const result of results) if (result instanceof Error) throw result;
			}
		}
		say('linking them');
		await index.optimize();
	} finally {
		await store.close();
	}
	writeFileSync(holds, wanted);
	return dataDir;
}
