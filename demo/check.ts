import { performance } from 'node:perf_hooks';
import { readFileSync } from 'node:fs';
import type { N8n } from '../test/harness/n8n';
import { BUCKET, type Site } from '../test/harness/site';
import { seconds } from '../test/harness/step';
import { until } from '../test/harness/until';
import { ask, fileOf } from './answers';
import type { ExpectedAnswer, Gallery } from './gallery';

/** An event reaches n8n within a second; the poll, should the event be lost, within a minute. */
const UPLOAD_TIMEOUT_MS = 90_000;
const RANKED = 24;

type Ranks = Record<string, Record<string, number | null>>;

export interface CheckReport {
	ok: boolean;
	problems: string[];
	/** By query and file, from 1; null where it was not found. */
	ranks: Ranks;
	upload?: { file: string; query: string; rank: number; seconds: number };
}

/** Where each expected photo stands in its query's answer. */
export async function checkAnswers(n8n: N8n, answers: ExpectedAnswer[]): Promise<CheckReport> {
	const ranks: Ranks = {};
	const problems: string[] = [];
	for (const { query, expected, top } of answers) {
		const { results } = await ask(n8n, query, RANKED);
		const files = results.map(fileOf);
		const found: Record<string, number | null> = {};
		for (const file of expected) {
			const rank = files.indexOf(file) + 1 || null;
			found[file] = rank;
			if (rank === null || rank > top) {
				problems.push(
					`“${query}”: ${file} is ${rank ? `at rank ${rank}` : 'not found'}, expected among the first ${top}`,
				);
			}
		}
		ranks[query] = found;
	}
	return { ok: problems.length === 0, problems, ranks };
}

/** Uploads one more photo and waits until the search webhook finds it first. */
export async function checkUpload(
	site: Site,
	photo: Gallery['later'],
): Promise<Pick<CheckReport, 'problems' | 'upload'>> {
	const started = performance.now();
	await site.storage.put(BUCKET, photo.key, readFileSync(photo.file));
	const rank = await until(
		`finding ${photo.key}`,
		async () => {
			const { results } = await ask(site.n8n, photo.query, RANKED);
			return results.map(fileOf).indexOf(photo.key) + 1;
		},
		{ timeoutMs: UPLOAD_TIMEOUT_MS, everyMs: 250 },
	);
	const seconds = Math.round((performance.now() - started) / 10) / 100;
	return {
		problems:
			rank === 1 ? [] : [`“${photo.query}”: ${photo.key} is at rank ${rank}, expected first`],
		upload: { file: photo.key, query: photo.query, rank, seconds },
	};
}

/** The last line of `--check`; set-up seconds come from scripts/run.mjs. */
export function report(outcome: CheckReport): object {
	const setUp = JSON.parse(process.env.SIS_SETUP_SECONDS ?? '{}') as Record<string, number>;
	return { check: 'demo', ...outcome, seconds: { ...setUp, ...seconds } };
}
