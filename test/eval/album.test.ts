import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { readAlbum, type AlbumQuery, type AlbumRecord } from '../../eval/album/album-file';
import { evaluateAlbum } from '../../eval/album/evaluate-album';
import { judge } from '../../eval/album/judge';
import { albumText, makeAlbum } from '../../eval/album/make';
import { ROOT } from '../harness/root';

const folder = mkdtempSync(join(tmpdir(), 'eval-album-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function file(content: unknown): string {
	const path = join(folder, 'album.json');
	writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
	return path;
}

function record(id: string, fields: Partial<AlbumRecord> = {}): AlbumRecord {
	return {
		...{ id, title: null, description: null, tags: [], people: [] },
		...{ taken_at: null, lat: null, lon: null, s3_path: null },
		...fields,
	};
}

describe('the development album', () => {
	const album = makeAlbum();

	it('is what its generator makes, or somebody has changed answers by hand', () => {
		const shipped = readFileSync(join(ROOT, 'eval', 'album', 'album.json'), 'utf8');
		assert.ok(
			albumText(album) === shipped,
			'run: npm run eval -- --make-album eval/album/album.json',
		);
	});

	it('has the size that was promised', () => {
		assert.ok(album.records.length >= 300);
		assert.ok(album.queries.length >= 80);
	});

	it('contradicts itself nowhere', () => {
		for (const { q, relevant = [], absent = [] } of album.queries) {
			assert.deepEqual(
				relevant.filter((id) => absent.includes(id)),
				[],
				q,
			);
		}
	});
});

describe('an album of another seed', () => {
	it('asks of every class with other words, or fitting to the first would not be seen', () => {
		const [first, other] = [makeAlbum(1), makeAlbum(77)];
		const classes = ({ queries }: typeof first) => new Set(queries.map((query) => query.class));
		assert.deepEqual(classes(other), classes(first));
		const questions = new Set(first.queries.map(({ q }) => q));
		const same = other.queries.filter(({ q, class: of }) => of !== 'hostile' && questions.has(q));
		assert.ok(same.length < other.queries.length / 10, same.map(({ q }) => q).join(', '));
		assert.equal(albumText(makeAlbum(77)), albumText(other));
	});
});

describe('the verdict on an answer', () => {
	const records = [
		record('old', { taken_at: '2020-01-01' }),
		record('new', { taken_at: '2024-01-01T00:00:00-10:00' }),
		record('newest', { taken_at: '2024-01-01T00:00:01+14:00' }),
		record('undated'),
	];
	const verdict = (query: Omit<AlbumQuery, 'q'>, ...found: string[]) =>
		judge({ records, queries: [] }, { q: 'q', ...query }, found);

	it('counts hits as deep as there are relevant photos, or a long answer would always be right', () => {
		const { precision, recall } = verdict({ relevant: ['old', 'new'] }, 'old', 'undated', 'new');
		assert.deepEqual([precision, recall], [0.5, 1]);
	});

	it('is right for nothing where nothing is meant, and wrong for anything', () => {
		assert.equal(verdict({ relevant: [] }).precision, 1);
		assert.equal(verdict({ relevant: [] }, 'old').precision, 0);
	});

	it('names every absent photo that is found, however late', () => {
		const { violations } = verdict({ relevant: ['old'], absent: ['new', 'newest'] }, 'old', 'new');
		assert.deepEqual(violations, ['found new']);
	});

	it('finds a wrong order by the clock on the wall, undated photos last', () => {
		const wrong = (sort: 'newest' | 'oldest', ...found: string[]) =>
			verdict({ sort }, ...found).violations.length;
		assert.equal(wrong('newest', 'newest', 'new', 'old', 'undated'), 0);
		assert.equal(wrong('oldest', 'old', 'new', 'newest', 'undated'), 0);
		assert.equal(wrong('newest', 'new', 'newest'), 1);
		assert.equal(wrong('oldest', 'undated', 'old'), 1);
	});

	it('leaves out the figures of a query that does not say what is meant', () => {
		const { precision, recall } = verdict({}, 'old');
		assert.deepEqual([precision, recall], [undefined, undefined]);
	});
});

describe('npm run eval -- --album', () => {
	it('asks the real search, and reports by class', async () => {
		const { report } = await evaluateAlbum(
			file({
				records: [
					{ id: 'a', title: 'A dog' },
					{ id: 'b', people: ['Pat Miller'] },
				],
				queries: [
					{ q: 'dog', relevant: ['a'], absent: ['b'], class: 'word' },
					{ q: 'Pat', relevant: ['b'], sort: 'date', class: 'name' },
					{ q: '', relevant: ['a'], class: 'refused' },
				],
			}),
		);
		assert.deepEqual([report.records, report.queries, report.violations], [2, 3, 0]);
		assert.equal(report.classes['word']!.precision, 1);
		assert.equal(report.classes['name']!.precision, 1);
		assert.equal(report.classes['refused']!.precision, 0);
		assert.equal(report.precision, 0.6667);
	});

	const refusals: [name: string, content: unknown, message: RegExp][] = [
		['no records', { queries: [] }, /records: expected a list/],
		['no queries', { records: [{ id: 'a' }], queries: [] }, /queries: expected a list/],
		['a record without an id', { records: [{}] }, /records\[0\] has no id/],
		['two of one id', { records: [{ id: 'a' }, { id: 'a' }], queries: [] }, /two records .* "a"/],
		['tags that are a text', { records: [{ id: 'a', tags: 'x' }] }, /\("a"\): tags is no list/],
		[
			'a latitude that is a text',
			{ records: [{ id: 'a', lat: '1' }] },
			/\("a"\): lat is no number/,
		],
		[
			'an unknown photo',
			{ records: [{ id: 'a' }], queries: [{ q: 'x', relevant: ['b'] }] },
			/queries\[0\]: there is no record with the id "b"/,
		],
		[
			'an unknown order',
			{ records: [{ id: 'a' }], queries: [{ q: 'x', sort: 'size' }] },
			/queries\[0\]: sort is "size"/,
		],
	];
	for (const [name, content, message] of refusals) {
		it(`names the entry with ${name}, or nobody would find it among hundreds`, () => {
			assert.throws(() => readAlbum(file(content)), message);
		});
	}
});
