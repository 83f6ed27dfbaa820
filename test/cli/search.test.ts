import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { EngineError } from '../../engine/client';
import { PACKAGE_ROOT } from '../../engine/locations';
import { startFakeEngine, TOKEN, type FakeEngine } from '../nodes/fake-engine';

const MAIN = path.join(PACKAGE_ROOT, 'dist/cli/main.js');
const ROUTE = 'POST /indexes/photos/search';

const PHOTO = {
	id: 'photos/a.jpg',
	title: 'Beach',
	relevance: 0.934,
	channels: ['keyword', 'visual'],
	why: {
		words: [{ field: 'title', words: [{ text: 'Beach', from: 0, to: 5 }] }],
		people: ['Pat'],
		terms: [],
	},
	duplicates: { count: 2, ids: ['photos/b.jpg', 'photos/c.jpg'] },
};
const ANSWER = {
	results: [PHOTO],
	total: 103,
	relevant: 12,
	capped: false,
	next_cursor: null as string | null,
	hints: ['A hint.'],
	notes: [] as object[],
	took_ms: 34.4,
};

describe('search from a shell', () => {
	let engine: FakeEngine;
	let folder: string;
	before(async () => {
		engine = await startFakeEngine();
		folder = mkdtempSync(path.join(tmpdir(), 'sis-cli-search-'));
	});
	after(async () => {
		await engine.close();
		rmSync(folder, { recursive: true, force: true });
	});
	beforeEach(() => {
		engine.calls.length = 0;
		engine.answer(ROUTE, () => ANSWER);
	});

	async function search(...args: string[]) {
		const where = ['--engine', engine.url, '--token', TOKEN];
		const child = spawn(process.execPath, [MAIN, 'search', ...args, ...where], {
			env: { PATH: process.env['PATH'] },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let [out, err] = ['', ''];
		child.stdout.on('data', (text) => (out += text));
		child.stderr.on('data', (text) => (err += text));
		const [code] = (await once(child, 'close')) as [number];
		return { code, out, err, asked: engine.calls[0]?.body };
	}

	it('takes a minus for what must not be there, not for an option', async () => {
		const { code, asked, err } = await search('beach', '-people', '-house', 'after:2023');
		assert.equal(code, 0, err);
		assert.equal(asked.text, 'beach -people -house after:2023');
		const both = await search('--limit', '3', '-people', '--only-relevant', 'beach');
		assert.equal(both.code, 0, both.err);
		assert.deepEqual(engine.calls[1]!.body.text, '-people beach');
		assert.equal(engine.calls[1]!.body.limit, 3);
		assert.equal(engine.calls[1]!.body.only_relevant, true);
	});

	it('does not search for the name of an option with a slip in it', async () => {
		const { code, err } = await search('beach', '--only-relevent');
		assert.equal(code, 1);
		assert.match(err, /no option --only-relevent/);
		assert.equal(engine.calls.length, 0);
	});

	it('passes every option on', async () => {
		const pictures = ['one', 'two'].map((name) => path.join(folder, name));
		for (const file of pictures) writeFileSync(file, path.basename(file));
		const { asked, err } = await search(
			...pictures.flatMap((file) => ['--image', file]),
			...['--like', 'photos/a.jpg', '--like', 'photos/b.jpg'],
			...['--without', 'people', '--without', 'at night', '--min-relevance', '0.3'],
			...['--sort', 'newest', '--facets', '--no-fold', '--cursor', 'c', '--explain'],
		);
		assert.deepEqual(
			asked,
			{
				image: ['one', 'two'].map((text) => Buffer.from(text).toString('base64')),
				like: ['photos/a.jpg', 'photos/b.jpg'],
				without: ['people', 'at night'],
				limit: 10,
				cursor: 'c',
				min_relevance: 0.3,
				sort: 'newest',
				facets: true,
				fold_duplicates: false,
				explain: true,
			},
			err,
		);
	});

	it('shows relevance, why, and what was folded', async () => {
		engine.answer(ROUTE, () => ({
			...ANSWER,
			next_cursor: 'next',
			facets: { people: [{ value: 'Pat', count: 7 }], tags: [], years: [] },
		}));
		const { out, err } = await search('beach');
		assert.match(
			out,
			/1 +0\.93 +photos\/a\.jpg \+2 similar +Beach +title: Beach; Pat; looks like it/,
		);
		assert.match(out, /^12 relevant of 103, 34 ms$/m);
		assert.match(out, /^people: Pat \(7\)$/m);
		assert.doesNotMatch(out, /tags:|understood/);
		assert.match(err, /^note: A hint\.$/m);
		assert.match(err, /--cursor next/);
	});

	it('says that there may be more, and that there is nothing', async () => {
		engine.answer(ROUTE, () => ({ ...ANSWER, capped: true }));
		assert.match((await search('beach')).out, /12 relevant of at least 103/);
		engine.answer(ROUTE, () => ({ ...ANSWER, results: [], total: 0, relevant: 0 }));
		assert.match((await search('beach')).out, /^Nothing found, 34 ms$/m);
	});

	it('points at the part of the query that was not understood, behind wide characters, too', async () => {
		const typed = '猫 é before:soon';
		engine.answer(ROUTE, () => ({
			...ANSWER,
			notes: [{ message: 'before: wants a date.', from: 4, to: 15 }],
			explain: { query: { typed }, plan: [], timings_ms: {} },
		}));
		const { err } = await search(typed);
		const lines = err.split('\n');
		const at = lines.indexOf('note: before: wants a date.');
		assert.deepEqual(lines.slice(at + 1, at + 3), [`  ${typed}`, '       ^^^^^^^^^^^']);
	});

	it('explains itself when asked to', async () => {
		const explain = {
			query: { typed: 'beach' },
			plan: ['"beach" should be there.'],
			timings_ms: { embed: 12.34, judge: 1 },
		};
		engine.answer(ROUTE, () => ({ ...ANSWER, explain }));
		const { out } = await search('beach', '--explain');
		assert.match(
			out,
			/understood:\n {2}"beach" should be there\.\nMilliseconds: embed 12\.3, judge 1\.0/,
		);
	});

	it('refuses a relevance that is none, and tells the engine’s own refusals', async () => {
		for (const wrong of ['2', '-1', 'much', '']) {
			assert.match((await search('x', '--min-relevance', wrong)).err, /from 0 to 1/);
		}
		engine.answer(ROUTE, () => {
			throw new EngineError('EMPTY_QUERY', 'The query is empty.');
		});
		const { code, err } = await search();
		assert.equal(code, 1);
		assert.match(err, /EMPTY_QUERY/);
	});
});
