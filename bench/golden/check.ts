import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { readModelFolder, type PixelRules } from '../../engine/encode/models/model-folder';
import { OnnxEncoder } from '../../engine/encode/onnx-encoder';
import type { PixelsHandlers } from '../../engine/encode/pixels/pixels-worker';
import { TextTokenizer } from '../../engine/encode/text/text-tokenizer';
import { WorkerClient } from '../../engine/worker-rpc';
import { cosine } from '../../test/harness/cosine';
import { offlineStore } from '../../test/harness/offline-store';
import type { ExpectedPixels, GoldenFolder, PixelKind } from './golden-folder';
import type { PhotoFinder } from './photo-finder';

/** The reference's own figures are rounded; the real difference of a wrong rule is far larger. */
export const MIN_REFERENCE_COSINE = 0.9999;

const MAX_CANDIDATES = 5;

export type Part = 'tokens' | 'text' | 'image' | 'pixels';

/** One part of one model, or one size and filter of the pixels. */
export interface Row {
	subject: string;
	part: Part;
	checked: number;
	/** Texts whose ids differ, the lowest cosine, or the largest difference in grey levels. */
	worst?: number;
	worstCase?: string;
	/** A sentence for each case that is wrong or could not be checked. */
	failures: string[];
}

/** Everything the folder holds, through the code that the engine runs. */
export async function checkGolden(golden: GoldenFolder, photos: PhotoFinder): Promise<Row[]> {
	const rows: Row[] = [];
	for (const model of golden.models) rows.push(...(await checkModel(model, golden, photos)));
	return [...rows, ...(await checkPixels(golden, photos))];
}

async function checkModel(dir: string, golden: GoldenFolder, photos: PhotoFinder): Promise<Row[]> {
	const subject = path.basename(path.resolve(dir));
	const encoder = new OnnxEncoder({
		store: offlineStore(path.dirname(path.resolve(dir)), subject),
	});
	const texts = golden.texts ?? [];
	const rows: Row[] = [];
	try {
		const withIds = texts.flatMap(({ text, input_ids }) =>
			input_ids ? [{ text, input_ids }] : [],
		);
		if (withIds.length > 0) rows.push(checkTokens(subject, dir, withIds));

		const embedded = texts.flatMap(({ text, embedding }) =>
			embedding ? [{ name: JSON.stringify(text), text, embedding }] : [],
		);
		rows.push(
			await checkCosines(subject, 'text', embedded, async ({ text }) => encoder.embedText(text)),
		);

		const seen = (golden.images ?? []).flatMap(({ file, embedding }) =>
			embedding ? [{ name: file, file, embedding }] : [],
		);
		rows.push(
			await checkCosines(subject, 'image', seen, async ({ file }) => {
				const photo = photos.byPath(file);
				if (!photo) throw new Error('the photo is not found');
				return (await encoder.embedImage(await readFile(photo))).embedding;
			}),
		);
	} finally {
		await encoder.close();
	}
	return rows.filter(({ checked, failures }) => checked + failures.length > 0);
}

function checkTokens(
	subject: string,
	dir: string,
	texts: { text: string; input_ids: number[] }[],
): Row {
	const row: Row = { subject, part: 'tokens', checked: 0, failures: [] };
	let tokenizer: TextTokenizer;
	try {
		tokenizer = new TextTokenizer(readModelFolder(dir).text);
	} catch (error) {
		return { ...row, failures: [`${subject}: ${messageOf(error)}`] };
	}
	row.worst = 0;
	for (const { text, input_ids } of texts) {
		const name = JSON.stringify(text);
		let ids: number[];
		try {
			ids = tokenizer.encode(text);
		} catch (error) {
			row.failures.push(`${subject} tokens of ${name}: ${messageOf(error)}`);
			continue;
		}
		row.checked++;
		const length = Math.max(ids.length, input_ids.length);
		const at = Array.from({ length }, (_, i) => i).find((i) => ids[i] !== input_ids[i]);
		if (at === undefined) continue;
		row.worst++;
		row.worstCase ??= name;
		row.failures.push(
			`${subject} tokens of ${name}: at position ${at} ${ids[at] ?? 'nothing'}, expected ${input_ids[at] ?? 'nothing'}`,
		);
	}
	return row;
}

async function checkCosines<T extends { name: string; embedding: number[] }>(
	subject: string,
	part: 'text' | 'image',
	cases: T[],
	embed: (item: T) => Promise<Float32Array>,
): Promise<Row> {
	const row: Row = { subject, part, checked: 0, failures: [] };
	for (const item of cases) {
		try {
			const similarity = cosine(await embed(item), item.embedding);
			if (Number.isNaN(similarity)) throw new Error('a zero or not finite vector');
			row.checked++;
			if (row.worst === undefined || similarity < row.worst) {
				row.worst = similarity;
				row.worstCase = item.name;
			}
			if (similarity < MIN_REFERENCE_COSINE) {
				row.failures.push(`${subject} ${part} ${item.name}: cosine ${similarity.toFixed(7)}`);
			}
		} catch (error) {
			row.failures.push(`${subject} ${part} ${item.name}: ${messageOf(error)}`);
		}
	}
	return row;
}

async function checkPixels(golden: GoldenFolder, photos: PhotoFinder): Promise<Row[]> {
	const worker = new WorkerClient<PixelsHandlers>(
		path.join(__dirname, '..', '..', 'engine', 'encode', 'pixels', 'pixels-worker.js'),
	);
	const known = (golden.images ?? []).map(({ file }) => file);
	const roundings = cropRoundings(golden.models);
	const rows = new Map<string, Row>();
	try {
		for (const expected of golden.pixels) {
			const subject = `${expected.size} ${expected.kind}`;
			const row: Row = rows.get(subject) ?? { subject, part: 'pixels', checked: 0, failures: [] };
			rows.set(subject, row);
			const name = path.basename(expected.png);
			try {
				// Of several photos of one name the right one is the one that fits to the bit.
				const candidates = photos.byName(expected.photo, known).slice(0, MAX_CANDIDATES);
				if (candidates.length === 0) throw new Error('its photo is not found');
				const reference = await readPng(expected);
				let difference = Infinity;
				for (const photo of candidates) {
					const ours = await pixelsOf(worker, photo, expected, roundings);
					difference = Math.min(difference, ...ours.map((one) => maxDifference(one, reference)));
					if (difference === 0) break;
				}
				row.checked++;
				row.worst ??= 0;
				if (difference === 0) continue;
				row.failures.push(`${name}: off by up to ${difference} grey levels`);
				if (difference > row.worst) {
					row.worst = difference;
					row.worstCase = name;
				}
			} catch (error) {
				row.failures.push(`${name}: ${messageOf(error)}`);
			}
		}
	} finally {
		await worker.close();
	}
	return [...rows.values()];
}

/** Once; of a crop once for each way of rounding that may be meant. */
async function pixelsOf(
	worker: WorkerClient<PixelsHandlers>,
	photo: string,
	expected: ExpectedPixels,
	roundings: CropRounding[],
): Promise<Uint8Array[]> {
	const results: Uint8Array[] = [];
	for (const cropRounding of expected.kind === 'clipcrop' ? roundings : DOWN) {
		const rules = { ...rulesFor(expected), cropRounding };
		const bytes = await readFile(photo);
		results.push((await worker.call('toPixels', { bytes, rules })).pixels);
	}
	return results;
}

type CropRounding = NonNullable<PixelRules['cropRounding']>;
const DOWN: CropRounding[] = ['down'];

/** Of the folder's CLIP models; without one, a PNG may be by either of the two references. */
function cropRoundings(models: string[]): CropRounding[] {
	const roundings = models.flatMap((dir): CropRounding[] => {
		try {
			const { fit, cropRounding } = readModelFolder(dir).pixels;
			return fit === 'crop' ? [cropRounding ?? 'down'] : [];
		} catch {
			// Its own rows say what is wrong with the model.
			return [];
		}
	});
	return roundings.length > 0 ? [...new Set(roundings)] : ['down', 'even'];
}

function rulesFor({ size, kind }: { size: number; kind: PixelKind }): PixelRules {
	return {
		imageSize: size,
		filter: kind === 'bilinear' ? 'bilinear' : 'bicubic',
		fit: kind === 'clipcrop' ? 'crop' : 'squash',
		// Of no effect on the 8-bit pixels compared here.
		rescale: 1 / 255,
		mean: [0.5, 0.5, 0.5],
		std: [0.5, 0.5, 0.5],
	};
}

/** 8-bit RGB as it stands in the file: Pillow passes a photo's colour profile on to the PNG. */
async function readPng({ png, size }: ExpectedPixels): Promise<Uint8Array> {
	const { data, info } = await sharp(await readFile(png), { ignoreIcc: true })
		.toColourspace('srgb')
		.removeAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	if (info.width !== size || info.height !== size || info.channels !== 3) {
		throw new Error(`the PNG is ${info.width} × ${info.height}, not ${size} × ${size} RGB`);
	}
	return data;
}

function maxDifference(a: Uint8Array, b: Uint8Array): number {
	if (a.length !== b.length) throw new Error(`${a.length} bytes of pixels, not ${b.length}`);
	let max = 0;
	for (let i = 0; i < a.length; i++) max = Math.max(max, Math.abs(a[i]! - b[i]!));
	return max;
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
