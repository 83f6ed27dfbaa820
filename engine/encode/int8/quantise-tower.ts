import { mkdir, rm, statfs, stat } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../errors';
import type { Embedding } from '../encoder';
import type { PixelRules, TextRules } from '../model-folder';
import { Graph } from '../onnx/graph';
import { OnnxModel } from '../onnx/onnx-model';
import { writeModel } from '../onnx/write-model';
import { toPlanes } from '../planes';
import { loadRuntime, type Runtime, type RuntimeName } from '../runtime';
import { TextTokenizer } from '../text-tokenizer';
import { Tower, type TowerInput } from '../tower';
import { fuseAttention } from './fuse-attention';
import { fuseGelu } from './fuse-gelu';
import { rankByNoise } from './layer-noise';
import { quantiseGraph } from './quantise-graph';
import type { WeightBits } from './quantise-weights';
import { SAMPLE_PHOTOS, samplePhoto } from './sample-photos';
import { SAMPLE_TEXTS } from './sample-texts';
import { simplify } from './simplify';
import { usableWeightBits } from './weight-bits';

/**
 * An embedding may differ this much from that of the 32-bit model: neighbours among a user's photos
 * differ by several times more.
 */
export const MIN_COSINE = 0.99;
/** Layers that are given back their 32 bits, in turn, until the embeddings agree. */
const KEPT_LAYERS = [0, 2, 4, 8, 16, 32];
/** Enough to see which layers have values far outside. */
const NOISE_SAMPLES = 3;

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
		await requireSpace(source, workDir);
		const runtime = await loadRuntime(task.runtime, task.threads);
		const samples = samplesOf(task);
		const weightBits = await usableWeightBits(runtime);
		onProgress(0.05);
		const reference = await embedAll(source, runtime, samples);
		onProgress(0.35);
		const simple = path.join(workDir, 'simple.onnx');
		await simplify(source, simple, dimsOf(task), runtime.name, task.threads);
		onProgress(0.5);
		return await search(
			{ ...task, target, simple },
			runtime,
			samples,
			reference,
			weightBits,
			(share) => onProgress(0.5 + 0.5 * share),
		);
	} finally {
		await rm(workDir, { recursive: true, force: true });
	}
}

async function search(
	{ target, simple, workDir }: TowerTask & { simple: string },
	runtime: Runtime,
	samples: TowerInput[],
	reference: Embedding[],
	weightBits: WeightBits,
	onProgress: (share: number) => void,
): Promise<TowerReport> {
	let ranked: string[] = [];
	let minCosine = -1;
	for (const [attempt, keptLayers] of KEPT_LAYERS.entries()) {
		if (attempt === 1) {
			const probe = path.join(workDir, 'probe.onnx');
			ranked = await rankByNoise(simple, probe, runtime, samples.slice(0, NOISE_SAMPLES));
		}
		const graph = new Graph(OnnxModel.read(simple));
		fuseGelu(graph);
		fuseAttention(graph);
		quantiseGraph(graph, weightBits, new Set(ranked.slice(0, keptLayers)));
		graph.prune();
		await writeModel(graph.model, target);
		onProgress((attempt + 0.5) / KEPT_LAYERS.length);
		minCosine = worstCosine(reference, await embedAll(target, runtime, samples));
		onProgress((attempt + 1) / KEPT_LAYERS.length);
		if (minCosine >= MIN_COSINE) return { accepted: true, minCosine, weightBits, keptLayers };
	}
	await rm(target);
	return { accepted: false, minCosine, weightBits, keptLayers: 0 };
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

async function requireSpace(source: string, dir: string): Promise<void> {
	const { size } = await stat(source);
	const { bavail, bsize } = await statfs(dir);
	if (bavail * bsize < size * COPIES) {
		throw new EngineError(
			'INTERNAL',
			`making the 8-bit model needs ${Math.ceil((size * COPIES) / 1e6)} MB on the disk for a moment, but only ${Math.floor((bavail * bsize) / 1e6)} MB are free in ${path.dirname(dir)}`,
		);
	}
}
