import { setTimeout as sleep } from 'node:timers/promises';
import { testEngine, type TestEngine } from '../../test/harness/engine';
import { EngineError } from '../../engine/errors';
import { QUERIES } from './pipeline';
import { residentBytes } from './resident';
import { percentile, timed } from './timing';

/** Making 8-bit towers of the largest model on a slow machine. */
const PREPARE_MS = 15 * 60_000;
const STARTS = 3;
const WAITING = 6;
const SAMPLE_MS = 100;

export interface EngineFigures {
	/** From no process to the first vector of a text: median of three starts, files in the page cache. */
	firstTextMs: number;
	/** Largest resident set while photos and texts are embedded by both towers. */
	rssMb: number;
	/** Photos embedded through the API meanwhile. */
	photos: number;
}

/** The engine as n8n starts it: a process of its own, asked over its socket. */
export async function measureEngine(
	id: string,
	modelsDir: string,
	settings: Record<string, string>,
	photos: readonly Buffer[],
	seconds: number,
): Promise<EngineFigures> {
	const engine = testEngine({
		SEMANTIC_IMAGE_SEARCH_MODEL: id,
		SEMANTIC_IMAGE_SEARCH_MODELS: modelsDir,
		...settings,
	});
	try {
		await textOf(engine, 0);
		const starts: number[] = [];
		for (let start = 0; start < STARTS; start++) {
			await engine.client.shutdown();
			await sleep(500);
			const [, ms] = await timed(async () => await textOf(engine, start));
			starts.push(ms);
		}
		return { firstTextMs: percentile(starts, 0.5), ...(await load(engine, photos, seconds)) };
	} finally {
		await engine.close();
	}
}

async function load(
	engine: TestEngine,
	photos: readonly Buffer[],
	seconds: number,
): Promise<{ rssMb: number; photos: number }> {
	const pid = await engine.pid();
	const until = performance.now() + seconds * 1_000;
	const running = () => performance.now() < until;
	let embedded = 0;
	let largest = 0;
	const embed = async (_: unknown, first: number) => {
		for (let i = first; running(); i += WAITING) {
			await engine.client.embedImageBytes(photos[i % photos.length]!);
			embedded++;
		}
	};
	const ask = async () => {
		for (let i = 0; running(); i++) {
			await textOf(engine, i);
			await sleep(SAMPLE_MS);
		}
	};
	const watch = async () => {
		while (running()) {
			largest = Math.max(largest, await residentBytes(engine.client, pid));
			await sleep(SAMPLE_MS);
		}
	};
	await Promise.all([...Array.from({ length: WAITING }, embed), ask(), watch()]);
	return { rssMb: largest / 2 ** 20, photos: embedded };
}

/** Waits while the model is being made ready. */
async function textOf(engine: TestEngine, index: number): Promise<void> {
	const deadline = performance.now() + PREPARE_MS;
	for (;;) {
		try {
			await engine.client.embedText({ text: QUERIES[index % QUERIES.length]! });
			return;
		} catch (error) {
			const waiting = error instanceof EngineError && error.code === 'MODEL_NOT_READY';
			if (!waiting || performance.now() > deadline) throw error;
			await sleep(SAMPLE_MS);
		}
	}
}
