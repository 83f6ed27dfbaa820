import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { Album, EVERYWHERE } from '../../bench/search/album';
import { INDEX, prepareIndex } from '../../bench/search/prepare';
import { Questions, SCENARIOS } from '../../bench/search/questions';
import { startVectorServer } from '../../bench/search/vector-server';
import { createIndexStore } from '../../engine/index/index-store';
import { createOllamaEmbedder } from '../../engine/text/ollama-embedder';
import { tokensOf } from '../../engine/words/fold';
import { cosine } from '../harness/cosine';
import { ROOT } from '../harness/root';

const scratch = mkdtempSync(path.join(tmpdir(), 'bench-search-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

describe('npm run bench -- search', () => {
	it('ends with a line of JSON whose figures are there, or nobody can compare two runs', async () => {
		const args = ['search', '--n', '300', '--queries', '2'];
		const { stdout } = await promisify(execFile)(
			process.execPath,
			[
				path.join(ROOT, 'dist', 'bench', 'run.js'),
				...[...args, '--folder', path.join(ROOT, 'models', 'demo')],
			],
			{ timeout: 240_000, env: { ...process.env, SIS_CACHE: scratch } },
		);
		const line = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, unknown>;
		assert.equal(line['bench'], 'search');
		assert.equal(line['n'], 300);
		assert.equal(line['model'], 'demo');
		for (const name of [
			...['p50Ms', 'p99Ms', 'cachedP50Ms', 'cachedP99Ms', 'listP50Ms', 'filteredP50Ms'],
			...['negativeP50Ms', 'facetsP50Ms', 'firstMs', 'firstTextMs', 'rssMb'],
		]) {
			assert.ok(Number(line[name]) > 0, `${name} is ${String(line[name])}`);
		}
		const stages = line['stages'] as Record<string, Record<string, number>>;
		for (const pass of ['new', 'cached']) {
			for (const stage of ['embed', 'channels', 'judge']) {
				assert.ok(Number.isFinite(stages[pass]?.[stage]), `${pass} ${stage}`);
			}
		}
		assert.deepEqual(readdirSync(path.join(scratch, 'scratch')), [], 'left behind');
	});

	it('makes photos once, and anew for another model, whose vectors they would not have', async () => {
		const model = {
			id: 'model',
			modelsDir: scratch,
			name: 'model@1',
			dimension: 512,
			isInt8: true,
		};
		const make = async (name: string) => {
			const dataDir = await prepareIndex(scratch, 300, { ...model, name }, () => {});
			const store = createIndexStore({ dataDir });
			const index = await store.open(INDEX, { create: false });
			const stats = await index.stats();
			await store.close();
			return { photos: stats.photos, model: stats.image.model, made: madeAt(dataDir) };
		};
		const first = await make('model@1');
		assert.equal(first.photos, 300);
		assert.deepEqual(await make('model@1'), first);
		const other = await make('model@2');
		assert.equal(other.model, 'model@2');
	});
});

describe('the album of the search bench', () => {
	it('has words that three photos of ten have, and words that hardly one has', () => {
		const photos = new Album('model@1', 768).read(0, 1_000);
		const having = new Map<string, number>();
		for (const photo of photos) {
			for (const word of new Set(tokensOf(`${photo.title} ${photo.description}`))) {
				having.set(word, (having.get(word) ?? 0) + 1);
			}
		}
		for (const word of EVERYWHERE) {
			const share = having.get(word)! / photos.length;
			assert.ok(share > 0.25 && share < 0.37, `${word}: ${share}`);
		}
		assert.ok([...having.values()].filter((count) => count === 1).length > 1_000);
	});

	it('has vectors of the model’s dimension at unit length, the same in every run', () => {
		const [photo] = new Album('model@1', 512).read(1, 1_025);
		const [again] = new Album('model@1', 512).read(1, 1_025);
		assert.equal(photo!.image!.vector.length, 512);
		assert.ok(Math.abs(Math.hypot(...photo!.image!.vector) - 1) < 1e-5);
		assert.deepEqual(photo, again);
	});
});

describe('the questions of the search bench', () => {
	it('never repeat a text, or what counts as new is remembered', () => {
		const questions = new Questions();
		const texts = Array.from(
			{ length: 2_000 },
			(_, i) => questions.next(SCENARIOS[i % SCENARIOS.length]!).text,
		);
		assert.equal(new Set(texts).size, texts.length);
	});

	it('are the same in every run', () => {
		const [one, other] = [new Questions(), new Questions()];
		for (const scenario of SCENARIOS) {
			assert.deepEqual(one.next(scenario), other.next(scenario));
		}
	});
});

describe('the vectors of queries in the search bench', () => {
	it('come as from Ollama, one for each text, unlike those of other texts', async () => {
		const server = await startVectorServer();
		try {
			const connection = { url: server.url, model: 'nomic-embed-text' };
			const embedder = createOllamaEmbedder();
			const [a, b] = [
				await embedder.embedQuery('a red boat', connection),
				await embedder.embedQuery('snow', connection),
			];
			assert.equal(a.length, 768);
			assert.ok(cosine(a, await embedder.embedQuery('a red boat', connection)) > 0.9999);
			assert.ok(cosine(a, b) < 0.95);
		} finally {
			await server.close();
		}
	});
});

/** Of the file that says what a folder holds: later whenever that is made anew. */
function madeAt(dataDir: string): number {
	return statSync(path.join(dataDir, 'holds.json')).mtimeMs;
}
