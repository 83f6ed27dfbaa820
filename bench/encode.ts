import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readModelFolder, type ModelFolder } from '../engine/encode/models/model-folder';
import { OnnxEncoder } from '../engine/encode/onnx-encoder';
import { cores, inferenceThreads } from '../engine/encode/runtime/threads';
import { offlineStore } from '../test/harness/offline-store';
import { scratchFolder } from '../test/harness/root';
import { REAL_PHOTOS } from '../test/harness/shared-data';
import { step } from '../test/harness/step';
import { centre } from './support/centre';
import { measureEngine } from './support/cold-engine';
import { makeInt8, type Int8Towers } from './support/int8-towers';
import { interleave, rate, ratio, type Turns } from './support/interleave';
import { photoLike, photosFrom } from './support/photo-like';
import {
	embedPhotos,
	embedTexts,
	embedTextsBeside,
	meanCosine,
	vectorsOf,
	worstCosine,
} from './support/pipeline';
import { preprocessCpuMs } from './support/preprocess';
import { PythonPeers } from './support/python-peers';
import { architectureOf, writeRandomModel } from './support/random-model';
import { rawFigures, type RawTurns } from './support/raw-figures';
import { RawTower } from './support/raw-tower';
import type { Slice } from './support/slice';
import { percentile } from './support/timing';

/** ViT-B/16 at 224 px: what others publish their figures of. */
const DEFAULT = 'siglip-base-patch16-224';
const PHOTOS = 24;
const LARGE_PHOTOS = 2;
const ROUNDS = 6;
const TEXTS = 40;
/** Shares of --seconds. */
const INTERLEAVED = 0.7;
const BESIDE = 0.1;
const ENGINE = 0.2;

const HELP = `Usage: npm run bench -- encode [OPTIONS]

  --model ID       a model of the catalogue, with random weights of its real shapes
                   (${DEFAULT})
  --folder DIR     the files of a real model instead
  --photos DIR     JPEGs to embed (photos100 in the folder that SHARED_DATA names, or in shared/data beside the
                   clone; else generated)
  --seconds N      of measuring, besides what is set up and loaded (120)
  --no-peers       leave Python out; else PYTHON names the interpreter (python3)

raw: tight loops of session.run alone, on the image tower in 8 bits, or in 32 (Fp32); one session on all
threads, or two side by side on half of them each (SideBySide; – on one thread, or where two are too
large). int8Speedup compares the faster arrangement of either precision; int8SpeedupOneSession and the
peers one session on all threads. pipeline: JPEG bytes to vectors; its Ratio is to raw.
`;

interface Options {
	model: string;
	folder?: string;
	/** JPEGs. */
	photos?: string;
	seconds: number;
	peers: boolean;
}

/**
 * The encoder's speed, latency and memory, and other libraries' on the same work in the same run.
 * Prints a table, and last a line of JSON.
 */
export async function run(args: string[]): Promise<void> {
	const { values } = parseArgs({
		args,
		allowNegative: true,
		options: {
			model: { type: 'string' },
			folder: { type: 'string' },
			photos: { type: 'string' },
			seconds: { type: 'string', default: '120' },
			peers: { type: 'boolean', default: true },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	const seconds = Number(values.seconds);
	if (!(seconds > 0)) throw new Error(`--seconds takes a number above 0, not ${values.seconds}`);
	const scratch = scratchFolder('encode');
	// Gigabytes, which nobody would look for there.
	process.once('SIGINT', () => {
		rmSync(scratch, { recursive: true, force: true });
		process.exit(130);
	});
	try {
		const model = values.model ?? (values.folder ? basename(resolve(values.folder)) : DEFAULT);
		const figures = await measure({ ...values, model, seconds }, scratch);
		printTable(figures);
		process.stdout.write(`${JSON.stringify({ bench: 'encode', ...figures })}\n`);
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

async function measure(options: Options, scratch: string) {
	const { seconds } = options;
	const modelsDir = join(scratch, 'models');
	mkdirSync(modelsDir);
	const threads = inferenceThreads(cores());
	// A name of its own: a catalogue model's files would be held to the published checksums.
	const id = `bench-${options.model}`;
	const dir = join(modelsDir, id);
	if (options.folder) symlinkSync(resolve(options.folder), dir, 'dir');
	else {
		await step(`Random weights in the shapes of ${options.model}`, async () => {
			await writeRandomModel(options.model, dir);
			if (isSiglip(options.model)) await centre(readModelFolder(dir), threads);
		});
	}
	const folder = readModelFolder(dir);
	const [photos, large] = await step('Photos', async () => await choosePhotos(options.photos));
	const int8 = await step('8-bit towers', async () => await makeInt8(id, modelsDir, threads));
	const hasInt8 = int8.folder.visionModel !== folder.visionModel;
	const fp32 = new OnnxEncoder({ store: offlineStore(modelsDir, id), threads });
	const fast = new OnnxEncoder({ store: int8.store, threads });
	try {
		const quality = await step('Vectors', async () => {
			const vectors = await vectorsOf(fp32, photos);
			const others = hasInt8 ? await vectorsOf(fast, photos) : undefined;
			return {
				photoCosine: round(meanCosine(vectors), 3),
				int8MinCosine: others ? round(worstCosine(vectors, others), 5) : null,
			};
		});
		const preprocess12MpMs = await preprocessCpuMs(large[0]!, folder.pixels, 9);
		const textTimes = await step('Texts', async () => await embedTexts(fast, TEXTS));
		const beside = await step('Texts while photos are embedded', async () => {
			return await embedTextsBeside(fast, photos, seconds * BESIDE);
		});
		const towers = {
			fp32: folder.visionModel,
			...(hasInt8 && { int8: int8.folder.visionModel }),
		};
		const { turns, versions } = await speeds(options, folder, towers, fast, photos, large, threads);
		const engine = await step('The engine process', async () => {
			const settings = { SEMANTIC_IMAGE_SEARCH_PRECISION: 'int8' };
			return await measureEngine(id, modelsDir, settings, photos, seconds * ENGINE);
		});
		const fp32Turns = rawTurns(turns, 'fp32')!;
		const int8Turns = rawTurns(turns, 'int8');
		const raw = int8Turns ?? fp32Turns;
		const figures = rawFigures(fp32Turns, int8Turns);
		return {
			model: options.model,
			weights: options.folder ? 'given' : 'random',
			threads,
			precision: hasInt8 ? 'int8' : 'fp32',
			rawImgPerS: round(figures.rawImgPerS, 2),
			rawSideBySideImgPerS: round(figures.rawSideBySideImgPerS, 2),
			rawFp32ImgPerS: round(figures.rawFp32ImgPerS, 2),
			rawFp32SideBySideImgPerS: round(figures.rawFp32SideBySideImgPerS, 2),
			pipelineImgPerS: round(rate(turns.pipeline), 2),
			pipelineRatio: round(ratio(turns.pipeline, raw.one), 3),
			pipelineRatioSideBySide: raw.sideBySide
				? round(ratio(turns.pipeline, raw.sideBySide), 3)
				: null,
			pipeline12MpImgPerS: round(rate(turns.pipeline12Mp), 2),
			pipeline12MpRatio: round(ratio(turns.pipeline12Mp, raw.one), 3),
			int8Speedup: round(figures.int8Speedup, 2),
			int8SpeedupOneSession: round(figures.int8SpeedupOneSession, 2),
			...quality,
			int8: { image: describe(int8.image), text: describe(int8.text) },
			preprocess12MpMs: round(preprocess12MpMs, 1),
			textMs: round(percentile(textTimes, 0.5), 1),
			textBusyMs: round(percentile(beside, 0.5), 1),
			textBusyP95Ms: round(percentile(beside, 0.95), 1),
			firstTextMs: Math.round(engine.firstTextMs),
			rssMb: Math.round(engine.rssMb),
			peers: peerFigures(turns, raw.one, versions),
		};
	} finally {
		await Promise.all([fp32.close(), fast.close()]);
	}
}

type Figures = Awaited<ReturnType<typeof measure>>;
type AllTurns = Turns<'pipeline' | 'pipeline12Mp'> & Record<string, Slice[]>;

/** Image towers by precision. */
interface TowerFiles {
	fp32: string;
	int8?: string;
}

/** Everything whose ratios count, in turns. */
async function speeds(
	options: Options,
	folder: ModelFolder,
	towers: TowerFiles,
	encoder: OnnxEncoder,
	photos: readonly Buffer[],
	large: readonly Buffer[],
	threads: number,
): Promise<{ turns: AllTurns; versions: Record<string, string> | null }> {
	const { imageSize } = folder.pixels;
	const raw = new Map<string, RawTower>();
	let peers: PythonPeers | undefined;
	try {
		await step('Image towers alone', async () => {
			await loadRaw(raw, towers, imageSize, threads);
		});
		if (options.peers) peers = await startPeers(options.model, imageSize, towers, threads);
		const variants: Record<string, (seconds: number) => Promise<Slice>> = {};
		for (const [name, tower] of raw) variants[name] = async (seconds) => await tower.run(seconds);
		variants['pipeline'] = async (seconds) => await embedPhotos(encoder, photos, seconds);
		variants['pipeline12Mp'] = async (seconds) => await embedPhotos(encoder, large, seconds);
		for (const name of peers?.names ?? []) {
			variants[name] = async (seconds) => await peers!.run(name, seconds);
		}
		const each = (options.seconds * INTERLEAVED) / ROUNDS / Object.keys(variants).length;
		const turns = await step('Speeds, in turns', async (say) => {
			return await interleave(variants, ROUNDS, each, (name, nth) => say(`${nth + 1}: ${name}`));
		});
		return { turns: turns as AllTurns, versions: peers?.versions ?? null };
	} finally {
		await peers?.close();
		await Promise.all([...raw.values()].map((tower) => tower.close()));
	}
}

/** Every precision in both arrangements, as far as it can be had. */
async function loadRaw(
	raw: Map<string, RawTower>,
	towers: TowerFiles,
	size: number,
	threads: number,
): Promise<void> {
	for (const [precision, file] of Object.entries(towers) as [keyof TowerFiles, string][]) {
		raw.set(rawName(precision), await RawTower.load(file, size, threads));
		const two = await RawTower.loadSideBySide(file, size, threads);
		if (two) raw.set(rawName(precision, 'SideBySide'), two);
	}
}

function rawName(precision: keyof TowerFiles, arrangement: 'SideBySide' | '' = ''): string {
	return `raw ${precision} ${arrangement}`.trimEnd();
}

function rawTurns(turns: AllTurns, precision: keyof TowerFiles): RawTurns | undefined {
	const one = turns[rawName(precision)];
	return one && { one, sideBySide: turns[rawName(precision, 'SideBySide')] };
}

async function startPeers(
	model: string,
	size: number,
	towers: TowerFiles,
	threads: number,
): Promise<PythonPeers | undefined> {
	const architecture = architectureOf(model);
	const names = [
		'onnxruntimeFp32',
		...(towers.int8 ? ['onnxruntimeInt8'] : []),
		...(isSiglip(model) ? ['torchFp32'] : []),
		'openClipVitB32Fp32',
	];
	const task = { size, patch: architecture?.patchSize ?? 16, threads, ...towers, peers: names };
	return await step('Peers in Python', async () => {
		const peers = await PythonPeers.start(task, (reason) => {
			process.stderr.write(`  No peers: ${reason}\n`);
		});
		for (const [name, reason] of Object.entries(peers?.absent ?? {})) {
			process.stderr.write(`  No ${name}: ${reason}\n`);
		}
		return peers;
	});
}

/** Speeds, and how many times as fast as each the engine's tower is alone. */
function peerFigures(turns: AllTurns, raw: Slice[], versions: Record<string, string> | null) {
	if (!versions) return null;
	return Object.fromEntries(
		Object.entries(versions).map(([name, version]) => [
			name,
			{
				version,
				imgPerS: round(rate(turns[name]!), 2),
				enginesRawTimesAsFast: round(ratio(raw, turns[name]!), 2),
			},
		]),
	);
}

/** Ordinary ones of 0.2 to 2 megapixels, and some of 12. */
async function choosePhotos(dir?: string): Promise<[ordinary: Buffer[], large: Buffer[]]> {
	const source = dir ?? REAL_PHOTOS;
	const ordinary = source
		? photosFrom(source, PHOTOS)
		: await Promise.all(
				Array.from({ length: PHOTOS }, async (_, i) => {
					const width = 500 + ((i * 137) % 1_100);
					return await photoLike(i, width, Math.round(width * (i % 3 === 0 ? 1.33 : 0.75)));
				}),
			);
	if (ordinary.length === 0) throw new Error(`No JPEG in ${source}`);
	const large: Buffer[] = [];
	for (let i = 0; i < LARGE_PHOTOS; i++) large.push(await photoLike(100 + i, 4_000, 3_000));
	return [ordinary, large];
}

/** Bits of the weights, and how many layers the engine left in 32. */
function describe({ accepted, weightBits, keptLayers, minCosine }: Int8Towers['image']): string {
	return accepted
		? `${weightBits}-bit weights, ${keptLayers} layers kept, cosine ${minCosine.toFixed(5)} on samples`
		: `refused, cosine ${minCosine.toFixed(5)} on samples`;
}

function isSiglip(model: string): boolean {
	return architectureOf(model)?.family.startsWith('siglip') ?? false;
}

function printTable({ peers, int8, ...figures }: Figures): void {
	const rows: [string, unknown][] = [
		...Object.entries(figures),
		...Object.entries(int8).map(
			([tower, report]) => [`int8 ${tower} tower`, report] as [string, string],
		),
	];
	for (const [name, peer] of Object.entries(peers ?? {})) {
		rows.push([
			`${name} ${peer.version}`,
			`${peer.imgPerS} img/s; ${figures.precision} here is ${peer.enginesRawTimesAsFast} times as fast`,
		]);
	}
	for (const [key, value] of rows) {
		process.stdout.write(`${key.padEnd(28)} ${String(value ?? '–')}\n`);
	}
}

function round(value: number, digits: number): number;
function round(value: number | null, digits: number): number | null;
function round(value: number | null, digits: number): number | null {
	return value === null ? null : Math.round(value * 10 ** digits) / 10 ** digits;
}
