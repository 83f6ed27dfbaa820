import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ask } from '../demo/answers';
import { photosUnder, upload, type Photo } from '../demo/photos';
import { ROOT, scratchFolder } from '../test/harness/root';
import { REAL_PHOTOS } from '../test/harness/shared-data';
import { BUCKET, Site } from '../test/harness/site';
import { step } from '../test/harness/step';
import { until } from '../test/harness/until';
import type { LoopReading } from './support/loop-monitor';
import { LOOP_MONITOR, LoopProbe } from './support/loop-probe';
import { percentile, timed } from './support/timing';

const PHOTOS = 100;
const MANY = 1_000;
/** One notification of a busy bucket. */
const BATCH = 100;
const SEARCHES = 200;
const QUERIES = [
	'a dog running on the beach',
	'two children playing football',
	'people at a market',
	'a man climbing a rock',
	'snow on the mountains',
	'a red car in the street',
];
/** After work, n8n still writes executions away for a moment. */
const SETTLE_MS = 5_000;

/**
 * The whole path in a real n8n: indexing through the shipped workflows, searching through the
 * webhook, the engine's start and memory, and what all of it does to n8n's own process. Prints its
 * steps, and last a line of JSON.
 *
 * @param args `--photos DIR` (100 JPEGs), `--model ID` (demo)
 */
export async function run(args: string[]): Promise<void> {
	const { values } = parseArgs({
		args,
		options: { photos: { type: 'string' }, model: { type: 'string', default: 'demo' } },
	});
	const source = values.photos ?? REAL_PHOTOS ?? join(ROOT, 'demo', 'gallery');
	const originals = photosUnder(source).slice(0, PHOTOS);
	if (originals.length < PHOTOS) {
		process.stderr.write(
			`  Only ${originals.length} photos in ${source}: repeated under other keys.\n`,
		);
	}
	const folder = scratchFolder('bench');
	const site = await Site.start({
		folder,
		model: values.model,
		// Nothing listens there: figures without Ollama are the same on every machine.
		ollamaUrl: 'http://127.0.0.1:9',
		preload: [LOOP_MONITOR],
		step,
	});
	try {
		const figures = await measure(site, originals);
		process.stdout.write(`${JSON.stringify({ bench: 'e2e', model: values.model, ...figures })}\n`);
	} finally {
		await site.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function measure(site: Site, originals: Photo[]): Promise<object> {
	const probe = new LoopProbe(site.n8n);
	await site.publish(['index-on-upload-event', 'search-webhook']);
	await upload(site.storage, repeat(originals, PHOTOS, 'first'));

	const [, backfill] = await step('Backfill of 100 photos', async () => {
		return await timed(async () => await site.run('backfill-bucket'));
	});
	const { photos } = await site.engine.stats(BUCKET);
	if (photos !== PHOTOS) throw new Error(`${photos} photos were indexed, not ${PHOTOS}`);
	const engineAfter100 = await site.engine.health();

	const [[latencies], searching] = await step('200 searches, one after the other', async () => {
		return await probe.during(async () => await timed(async () => await search(site)));
	});
	const engineStart = await step('Engine start to first answer', async () => {
		return await engineStarts(site);
	});

	const [, idle] = await step('n8n at rest', async () => {
		await sleep(SETTLE_MS);
		return await probe.during(async () => await sleep(SETTLE_MS));
	});
	const [first, afterFirst] = await indexMany(site, probe, originals, 'first-thousand');
	// The first thousand also warms caches and widens the heap; growth is what comes after that.
	const [second, afterSecond] = await indexMany(site, probe, originals, 'second-thousand');
	const engine = await site.engine.health();
	return {
		photos_100_s: Math.round(backfill / 100) / 10,
		search_ms: {
			p50: Math.round(percentile(latencies, 0.5)),
			p95: Math.round(percentile(latencies, 0.95)),
			max: Math.round(Math.max(...latencies)),
		},
		engine_start_to_answer_ms: engineStart,
		engine_mb: { after_100: mb(engineAfter100.rss_bytes), after_2100: mb(engine.rss_bytes) },
		photos_1000_s: first.seconds,
		n8n: { idle, searching, indexing: first, afterFirst, indexingAgain: second, afterSecond },
		n8n_growth_mb: {
			first_1000: growth(idle, afterFirst),
			second_1000: growth(afterFirst, afterSecond),
		},
	};
}

/** A thousand photos more through the event workflow: the reading meanwhile, and the one at rest after. */
async function indexMany(
	site: Site,
	probe: LoopProbe,
	originals: Photo[],
	prefix: string,
): Promise<[LoopReading & { seconds: number }, LoopReading]> {
	const many = repeat(originals, MANY, prefix);
	await step('Uploading 1,000 photos', async () => await upload(site.storage, many));
	const [seconds, indexing] = await step(
		'Indexing them through the event workflow',
		async (say) => {
			return await probe.during(async () => {
				const [, ms] = await timed(async () => await notify(site, many, say));
				return Math.round(ms / 100) / 10;
			});
		},
	);
	const [, after] = await step('n8n at rest', async () => {
		await sleep(SETTLE_MS);
		return await probe.during(async () => await sleep(SETTLE_MS));
	});
	return [{ seconds, ...indexing }, after];
}

function growth(before: LoopReading, after: LoopReading): { rss: number; heap: number } {
	return {
		rss: Math.round((after.rss_mb - before.rss_mb) * 10) / 10,
		heap: Math.round((after.heap_mb - before.heap_mb) * 10) / 10,
	};
}

/** Milliseconds of each search through the webhook, the first ones left out as warm-up. */
async function search(site: Site): Promise<number[]> {
	const latencies: number[] = [];
	for (let index = -QUERIES.length; index < SEARCHES; index++) {
		const query = QUERIES.at(index % QUERIES.length) ?? '';
		const [, ms] = await timed(async () => await ask(site.n8n, query, 5));
		if (index >= 0) latencies.push(ms);
	}
	return latencies;
}

/** Median of three starts: from no engine at all to the answer of a search by words. */
async function engineStarts(site: Site): Promise<number> {
	const starts: number[] = [];
	for (let round = 0; round < 3; round++) {
		await site.engine.shutdown();
		await sleep(1_000);
		const [, ms] = await timed(async () => {
			await site.engine.search(BUCKET, { text: QUERIES[0], limit: 5 });
		});
		starts.push(ms);
	}
	return Math.round(percentile(starts, 0.5));
}

/** Tells n8n of the photos as a bucket does, and waits until all are in the index. */
async function notify(site: Site, photos: Photo[], say: (detail: string) => void): Promise<void> {
	const { photos: present } = await site.engine.stats(BUCKET);
	for (let from = 0; from < photos.length; from += BATCH) {
		const expected = present + Math.min(from + BATCH, photos.length);
		const response = await fetch(site.n8n.webhook('photos-changed'), {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ Records: photos.slice(from, from + BATCH).map(created) }),
		});
		if (!response.ok) throw new Error(`The event webhook answered ${response.status}`);
		await until(
			`${expected} photos being indexed`,
			async () => {
				const { photos: count } = await site.engine.stats(BUCKET);
				say(`${count - present} of ${photos.length}`);
				return count >= expected;
			},
			{ timeoutMs: 300_000, everyMs: 100 },
		);
	}
}

function created({ key, file }: Photo): object {
	return {
		eventSource: 'aws:s3',
		eventName: 'ObjectCreated:Put',
		s3: { bucket: { name: BUCKET }, object: { key, size: readFileSync(file).length } },
	};
}

/** As many photos as wanted, from fewer files. */
function repeat(originals: Photo[], count: number, prefix: string): Photo[] {
	return Array.from({ length: count }, (_, index) => ({
		file: originals[index % originals.length]?.file ?? '',
		key: `${prefix}/${String(index).padStart(4, '0')}.jpg`,
	}));
}

function mb(bytes: number): number {
	return Math.round(bytes / 2 ** 20);
}
