import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../errors';
import type { Embedding } from '../encoder';
import type { PixelRules, TextRules } from '../models/model-folder';
import { freeBytes } from '../models/disk-space';
import { formatBytes } from '../../format';
import { Graph } from '../onnx/graph';
import { OnnxModel } from '../onnx/onnx-model';
import { lengthOf } from '../onnx/protobuf';
import { writeModel } from '../onnx/write-model';
import { toPlanes } from '../pixels/planes';
import { loadRuntime, type Runtime, type RuntimeName } from '../runtime/runtime';
import { TextTokenizer } from '../text/text-tokenizer';
import { Tower, type TowerInput } from '../runtime/tower';
import { fuseAttention } from './fuse-attention';
import { fuseGelu } from './fuse-gelu';
import { measureRanges, type Ranges } from './measure-ranges';
import { quantiseGraph } from './quantise-graph';
import type { WeightBits } from './quantise-weights';
import { SAMPLE_PHOTOS, samplePhoto } from './sample-photos';
import { SAMPLE_TEXTS } from './sample-texts';
import { simplify } from './simplify';
import { findSmoothableNorms, smoothNorm } from './smooth-norms';
import { usableWeightBits } from './weight-bits';

/**
 * An embedding may differ this much from that of the 32-bit model: neighbours among a user's photos
 * differ by several times more.
 */
export const MIN_COSINE = 0.99;

/** What is tried in turn, until the embeddings are close `enough`. */
const ATTEMPTS: readonly Attempt[] = [
	{ smooth: false, kept: 0, enough: 0.995 },
	// As fast as the first, with wide channels narrowed.
	{ smooth: true, kept: 0, enough: MIN_COSINE },
	// Layers that rounding disturbs most are given back their 32 bits.
	...[2, 4, 8, 16, 32].map((kept) => ({ smooth: true, kept, enough: MIN_COSINE })),
];

interface Attempt {
	smooth: boolean;
	/** Linear layers that stay in 32 bits. */
	kept: number;
	/** Cosine with the 32-bit embedding, of the worst sample. */
	enough: number;
}

/** Enough to see which channels have values far outside. */
const RANGE_SAMPLES = 3;

export interface TowerTask {
	/** ONNX file of 32 bits. */
	source: string;
	/** Where the 8-bit one goes. */
	target: string;
	/** For files on the way, several times the source's size; emptied afterwards. */
	workDir: string;
	rules: { image: PixelRules } | { text: TextRules };
	runtime: RuntimeName;
	threads: number;
}

export interface TowerReport {
	/** False: no 8-bit graph came close enough, `target` does not exist. */
	accepted: boolean;
	/** Of the samples, against the 32-bit tower. */
	minCosine: number;
	weightBits: WeightBits;
	/** Whether wide channels were narrowed by moving their range into the weights. */
	smoothed: boolean;
	/** Linear layers left in 32 bits. */
	keptLayers: number;
}

/**
 * Makes an 8-bit tower of a 32-bit one and proves it on samples before anybody uses it. Takes about
 * three times the source's size in memory: meant for a process of its own.
 *
 * @param onProgress told the share that is done, 0…1
 */
export async function quantiseTower(
	task: TowerTask,
	onProgress: (share: number) => void,
): Promise<TowerReport> {
	const { source, target, workDir } = task;
	await mkdir(workDir, { recursive: true });
	try {
		await requireRoomToWork(source, workDir);
		const runtime = await loadRuntime(task.runtime, task.threads);
		const samples = samplesOf(task);
		const weightBits = await usableWeightBits(runtime);
		onProgress(0.05);
		const reference = await embedAll(source, runtime, samples);
		onProgress(0.35);
		const simple = path.join(workDir, 'simple.onnx');
		await simplify(source, simple, dimsOf(task), runtime.name, task.threads);
		onProgress(0.5);
		const tower = { simple, workDir, runtime, samples, reference, weightBits };
		return await findAcceptable(target, tower, (share) => onProgress(0.5 + 0.5 * share));
	} finally {
		await rm(workDir, { recursive: true, force: true });
	}
}

interface TowerOnTheWay {
	/** The simplified 32-bit graph. */
	simple: string;
	workDir: string;
	runtime: Runtime;
	samples: TowerInput[];
	/** Embeddings of the samples by the 32-bit tower. */
	reference: Embedding[];
	weightBits: WeightBits;
}

async function findAcceptable(
	target: string,
	tower: TowerOnTheWay,
	onProgress: (share: number) => void,
): Promise<TowerReport> {
	const { runtime, samples, reference, weightBits, workDir } = tower;
	const plans = new Plans(tower);
	let best: TowerReport = {
		accepted: false,
		minCosine: -1,
		weightBits,
		smoothed: false,
		keptLayers: 0,
	};
	for (const [index, { smooth, kept, enough }] of ATTEMPTS.entries()) {
		const file = path.join(workDir, 'attempt.onnx');
		const graph = await plans.graph(smooth);
		const keep = kept > 0 ? await plans.mostDisturbed(kept) : [];
		fuseGelu(graph);
		fuseAttention(graph);
		quantiseGraph(graph, weightBits, new Set(keep));
		graph.prune();
		await writeModel(graph.model, file);
		const minCosine = worstCosine(reference, await embedAll(file, runtime, samples));
		if (minCosine >= MIN_COSINE && minCosine > best.minCosine) {
			await rename(file, target);
			best = { accepted: true, minCosine, weightBits, smoothed: smooth, keptLayers: kept };
		} else if (!best.accepted) best.minCosine = Math.max(best.minCosine, minCosine);
		onProgress((index + 1) / ATTEMPTS.length);
		if (best.minCosine >= enough) break;
	}
	return best;
}

/** Graphs to quantise, and what is measured to choose what to do with them, once. */
class Plans {
	readonly #tower: TowerOnTheWay;
	#plain: Ranges | undefined;
	#smoothed: Ranges | undefined;

	constructor(tower: TowerOnTheWay) {
		this.#tower = tower;
	}

	async graph(smooth: boolean): Promise<Graph> {
		const graph = this.#read();
		if (!smooth) return graph;
		this.#plain ??= await this.#measure(this.#read());
		for (const norm of findSmoothableNorms(graph)) {
			smoothNorm(graph, norm, this.#plain.maxima.get(norm.output)!);
		}
		return graph;
	}

	/** Outputs of the linear layers. */
	async mostDisturbed(count: number): Promise<string[]> {
		this.#smoothed ??= await this.#measure(await this.graph(true));
		return [...this.#smoothed.noise]
			.toSorted(([, a], [, b]) => b - a)
			.slice(0, count)
			.map(([output]) => output);
	}

	#read(): Graph {
		return new Graph(OnnxModel.read(this.#tower.simple));
	}

	#measure(graph: Graph): Promise<Ranges> {
		const { runtime, samples, workDir } = this.#tower;
		const file = path.join(workDir, 'probe.onnx');
		return measureRanges(graph, file, runtime, samples.slice(0, RANGE_SAMPLES));
	}
}

function samplesOf({ rules }: TowerTask): TowerInput[] {
	if ('text' in rules) {
		const tokenizer = new TextTokenizer(rules.text);
		return SAMPLE_TEXTS.map((text) => ({ ids: tokenizer.encode(text) }));
	}
	const { imageSize: size } = rules.image;
	return Array.from({ length: SAMPLE_PHOTOS }, (_, index) => ({
		pixels: toPlanes(samplePhoto(index, size), rules.image),
		size,
	}));
}

function dimsOf({ rules }: TowerTask): number[] {
	if ('text' in rules) return [1, rules.text.length];
	const { imageSize: size } = rules.image;
	return [1, 3, size, size];
}

async function embedAll(
	file: string,
	runtime: Runtime,
	samples: readonly TowerInput[],
): Promise<Embedding[]> {
	const tower = await Tower.load(file, runtime);
	const embeddings: Embedding[] = [];
	for (const sample of samples) embeddings.push(await tower.embed(sample));
	await tower.release();
	return embeddings;
}

/** Embeddings have unit length, so the dot product is the cosine. */
function worstCosine(reference: readonly Embedding[], candidate: readonly Embedding[]): number {
	return Math.min(
		...reference.map((vector, i) =>
			vector.reduce((sum, value, j) => sum + value * candidate[i]![j]!, 0),
		),
	);
}

/** The source with a fixed shape, its simplified form, and the result. */
const COPIES = 2.5;

async function requireRoomToWork(source: string, dir: string): Promise<void> {
	// With the weights that lie beside the graph.
	const needed = lengthOf(OnnxModel.read(source).pieces()) * COPIES;
	const free = await freeBytes(dir);
	if (free >= needed) return;
	throw new EngineError(
		'INTERNAL',
		`that takes ${formatBytes(needed)} on the disk for a moment, and only ${formatBytes(free)} are free in ${path.dirname(dir)}`,
	);
}
