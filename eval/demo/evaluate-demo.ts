import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readGallery, type ExpectedAnswer } from '../../demo/gallery';
import type { EngineClient } from '../../engine/client';
import { testEngine } from '../../test/harness/engine';
import { startS3Server, type S3TestServer } from '../../test/harness/s3-server';
import { until } from '../../test/harness/until';
import { mean, rounded } from '../rank-figures';

export interface DemoReport {
	eval: 'demo';
	photos: number;
	queries: number;
	/** Share of the queries whose first result is a right one. */
	r1: number;
	/** Share of the right photos among the first five, or among as many as five could hold. */
	r5: number;
}

export interface DemoAnswer extends ExpectedAnswer {
	/** Files, best first. */
	found: string[];
}

const BUCKET = 'gallery';
const ENDED = new Set(['succeeded', 'failed', 'cancelled']);
/** A few seconds on two cores. */
const INDEX_TIMEOUT_MS = 120_000;
const DEPTH = 5;

/**
 * The gallery of drawings with the demo model, through the whole engine: from an S3 server by a sync
 * into the index, and over HTTP out of it.
 */
export async function evaluateDemo(): Promise<{ report: DemoReport; answers: DemoAnswer[] }> {
	const { photos, later, answers } = readGallery();
	const questions = [...answers, { query: later.query, expected: [later.key], top: 1 }];
	const [engine, storage] = [testEngine(), await startS3Server([BUCKET])];
	try {
		for (const { key, file } of [...photos, later]) {
			await storage.put(BUCKET, key, readFileSync(file));
		}
		await sync(engine.client, storage);
		const found: DemoAnswer[] = [];
		for (const question of questions) {
			const { results } = await engine.client.search(BUCKET, { text: question.query });
			found.push({ ...question, found: results.map(({ id }) => basename(id)) });
		}
		return {
			answers: found,
			report: {
				eval: 'demo',
				photos: photos.length + 1,
				queries: questions.length,
				r1: rounded(mean(found.map((answer) => recall(answer, 1)))),
				r5: rounded(mean(found.map((answer) => recall(answer, DEPTH)))),
			},
		};
	} finally {
		await engine.close();
		await storage.close();
	}
}

/** Lines for people. */
export function demoTable(report: DemoReport, answers: DemoAnswer[]): string[] {
	return [
		`${report.queries} queries, ${report.photos} drawings: R@1 ${report.r1}, R@5 ${report.r5}`,
		...answers.map(({ query, expected, found }) => {
			const places = expected.map((file) => found.indexOf(file) + 1 || '–').join(' ');
			return `  ${query}: the right ones are at ${places}`;
		}),
	];
}

async function sync(client: EngineClient, { connection }: S3TestServer): Promise<void> {
	const { id } = await client.sync(BUCKET, { s3: connection, bucket: BUCKET });
	const job = await until(
		'indexing the gallery',
		async () => {
			const now = await client.job(id);
			return ENDED.has(now.state) && now;
		},
		{ timeoutMs: INDEX_TIMEOUT_MS },
	);
	const [failure] = [job.error, ...job.failures].filter((each) => each !== null);
	if (job.state !== 'succeeded' || failure) {
		throw new Error(`The gallery could not be indexed: ${failure?.message ?? job.state}`);
	}
}

function recall({ expected, found }: DemoAnswer, depth: number): number {
	const hits = found.slice(0, depth).filter((file) => expected.includes(file)).length;
	return hits / Math.min(depth, expected.length);
}
