import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface ExpectedText {
	text: string;
	input_ids?: number[];
	embedding?: number[];
}

export interface ExpectedImage {
	/** Path of the photo, from the golden folder or from its parent. */
	file: string;
	embedding?: number[];
}

/** One PNG of `resize/`: what the reference's processor makes of a photo. */
export interface ExpectedPixels {
	png: string;
	/** File name of the photo, with or without its extension. */
	photo: string;
	size: number;
	kind: PixelKind;
}

/** `bicubic` and `bilinear` squash; `clipcrop` is bicubic on the shortest side, then a centre crop. */
export type PixelKind = 'bicubic' | 'bilinear' | 'clipcrop';

/** Reference outputs, and the models that must reproduce them. */
export interface GoldenFolder {
	dir: string;
	/** Model folders, in the hub's or in Immich's layout. */
	models: string[];
	/** Absent where there is no expected.json. */
	texts?: ExpectedText[];
	images?: ExpectedImage[];
	pixels: ExpectedPixels[];
	/** PNGs of `resize/` whose names say no size and filter. */
	unknown: string[];
}

const EXPECTED = 'expected.json';
const RESIZE = 'resize';
const PNG = /^(.+)_(\d{1,4})_(bicubic|bilinear|clipcrop)\.png$/;

/**
 * `dir`, and each folder in it that has an expected.json of its own.
 *
 * @throws Error where there is nothing to check, or expected.json is not of the known shape
 */
export function findGolden(dir: string): GoldenFolder[] {
	if (!existsSync(dir)) throw new Error(`There is no folder ${dir}.`);
	const inner = foldersIn(dir).filter((folder) => existsSync(path.join(folder, EXPECTED)));
	const found = [dir, ...inner].map(readGolden).filter(hasSomething);
	if (found.length === 0) {
		throw new Error(
			`Nothing to check in ${dir}: no ${EXPECTED} with texts or images, and no ${RESIZE}/PHOTO_SIZE_FILTER.png.`,
		);
	}
	return found;
}

function hasSomething({ texts, images, pixels }: GoldenFolder): boolean {
	return (texts?.length ?? 0) + (images?.length ?? 0) + pixels.length > 0;
}

function readGolden(dir: string): GoldenFolder {
	const expected = path.join(dir, EXPECTED);
	const resize = path.join(dir, RESIZE);
	const pngs = existsSync(resize)
		? readdirSync(resize)
				.filter((name) => name.endsWith('.png'))
				.sort()
		: [];
	const pixels = pngs.flatMap((name) => {
		const [, photo, size, kind] = PNG.exec(name) ?? [];
		if (!photo) return [];
		return [{ png: path.join(resize, name), photo, size: Number(size), kind: kind as PixelKind }];
	});
	return {
		dir,
		models: [dir, ...foldersIn(dir)].filter(
			(folder) =>
				holdsTowers(folder) && (folder === dir || !existsSync(path.join(folder, EXPECTED))),
		),
		...(existsSync(expected) ? readExpected(expected) : {}),
		pixels,
		unknown: pngs.filter((name) => !PNG.test(name)),
	};
}

function readExpected(file: string): Pick<GoldenFolder, 'texts' | 'images'> {
	let parsed: unknown;
	try {
		parsed = JSON.parse(readFileSync(file, 'utf8'));
	} catch (error) {
		throw new Error(`${file} is not valid JSON (${(error as Error).message}).`);
	}
	const { text, image } = (parsed ?? {}) as { text?: unknown; image?: unknown };
	for (const [index, entry] of list(file, 'text', text).entries()) {
		const { text: words, input_ids, embedding } = entry;
		if (typeof words !== 'string' || !(isNumbers(input_ids) && isNumbers(embedding))) {
			throw new Error(`${file}: text[${index}] is not {text, input_ids, embedding}.`);
		}
	}
	for (const [index, entry] of list(file, 'image', image).entries()) {
		const { file: photo, embedding } = entry;
		if (typeof photo !== 'string' || !isNumbers(embedding)) {
			throw new Error(`${file}: image[${index}] is not {file, embedding}.`);
		}
	}
	return {
		texts: text as ExpectedText[] | undefined,
		images: image as ExpectedImage[] | undefined,
	};
}

function list(file: string, name: string, value: unknown): Record<string, unknown>[] {
	if (value === undefined) return [];
	if (Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null)) {
		return value as Record<string, unknown>[];
	}
	throw new Error(`${file}: "${name}" is not a list of objects.`);
}

function isNumbers(value: unknown): boolean {
	return (
		value === undefined || (Array.isArray(value) && value.every((item) => Number.isFinite(item)))
	);
}

/** `onnx/vision_model.onnx` as on the hub, or `visual/model.onnx` as Immich has it. */
function holdsTowers(dir: string): boolean {
	return ['onnx', 'visual', 'textual'].some((folder) => existsSync(path.join(dir, folder)));
}

function foldersIn(dir: string): string[] {
	return readdirSync(dir, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
		.map((entry) => path.join(dir, entry.name))
		.filter((folder) => path.basename(folder) !== RESIZE)
		.sort();
}
