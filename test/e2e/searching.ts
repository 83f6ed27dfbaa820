import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SearchResponse } from '../../engine/client';
import { ask, fileOf } from '../../demo/answers';
import { checkAnswers } from '../../demo/check';
import type { Stage } from './stage';

/** Needs the gallery in the index, and the search workflows published. */
export function searching(stage: () => Stage): void {
	const byPicture = async (picture: Buffer, query = ''): Promise<Response> => {
		const form = new FormData();
		form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'photo.jpg');
		return await fetch(stage().site.n8n.webhook(`image-search-by-picture${query}`), {
			method: 'POST',
			body: form,
		});
	};

	describe('the search webhooks', () => {
		it('answer the three queries of the gallery, from pictures and keywords, and say so', async () => {
			const { site, gallery, ollama } = stage();
			// The double's vectors mean nothing; what text vectors add is the next test's matter.
			ollama.mood('down');
			try {
				const { problems } = await checkAnswers(site.n8n, gallery.answers);
				assert.deepEqual(problems, []);
				const { hints } = await ask(site.n8n, 'Christmas', 5);
				assert.ok(
					hints.some((hint) => /ollama/i.test(hint)),
					hints.join('; '),
				);
			} finally {
				ollama.mood('well');
			}
		});

		it('find a photo by what its description says', async () => {
			const { results } = await ask(stage().site.n8n, 'nobody slept long', 3);
			assert.equal(fileOf(results[0] ?? { id: '', s3_path: null }), '0103-christmas-morning.jpg');
			assert.ok(results[0]?.channels.includes('text'), results[0]?.channels.join());
		});

		it('give every result its relevance, its reasons and a working address', async () => {
			const { results } = await ask(stage().site.n8n, 'Christmas', 3);
			assert.equal(results.length, 3);
			for (const result of results) {
				assert.ok(result.channels.length > 0);
				assert.ok(result.why.terms.length > 0);
				assert.ok(result.relevance >= 0 && result.relevance <= 1);
				assert.match(result.s3_path ?? '', /^s3:\/\/photos\//);
				const picture = await fetch(result.url ?? '');
				assert.equal(picture.status, 200);
				assert.equal(Buffer.from(await picture.arrayBuffer()).readUInt16BE(0), 0xffd8);
			}
			const relevances = results.map(({ relevance }) => relevance);
			assert.deepEqual(
				relevances,
				[...relevances].sort((a, b) => b - a),
			);
		});

		it('take what must not be there, names and dates out of one box', async () => {
			const { site, gallery } = stage();
			const files = async (query: string) =>
				(await ask(site.n8n, query, 100)).results.map(fileOf).sort();
			assert.deepEqual(await files('person:Pat year:2024'), [
				'0301-sunday-drive.jpg',
				'0302-pat-sunflowers.jpg',
				'0304-picnic.jpg',
				'0306-pat-dog.jpg',
			]);
			assert.deepEqual(await files('person:Pat -person:Jack'), [
				'0302-pat-sunflowers.jpg',
				'0306-pat-dog.jpg',
			]);
			const [first] = (await ask(site.n8n, 'Pat, automobile', 1)).results;
			assert.equal(fileOf(first!), '0301-sunday-drive.jpg');
			assert.deepEqual(first!.why.people, ['Pat']);
			const beaches = await files('beach -people');
			const withPeople = gallery.answers[1]!.expected;
			assert.ok(!beaches.slice(0, 5).every((file) => withPeople.includes(file)));
		});

		it('sort the relevant ones by date, count what they have, and explain themselves', async () => {
			const { site } = stage();
			const parameters = { q: 'Christmas', sort: 'newest', facets: '1', explain: '1' };
			const response = await fetch(
				site.n8n.webhook(`image-search?${new URLSearchParams(parameters)}`),
			);
			const answer = (await response.json()) as SearchResponse;
			const dates = answer.results.flatMap(({ taken_at }) => taken_at ?? []);
			assert.ok(dates.length >= 3);
			assert.deepEqual(dates, [...dates].sort().reverse());
			assert.ok(answer.results.every(({ relevance }) => relevance >= 0.5));
			assert.equal(answer.facets?.years[0]?.value, '2024');
			assert.ok(answer.explain && Object.keys(answer.explain.timings_ms).length > 3);
		});

		it('say which part of a query was not understood, and find nothing where there is nothing', async () => {
			const { site } = stage();
			const { notes } = await ask(site.n8n, 'beach before:soon', 1);
			assert.deepEqual(
				notes.map(({ from, to }) => 'beach before:soon'.slice(from, to)),
				['before:soon'],
			);
			const nobody = await ask(site.n8n, 'person:Zebulon', 5);
			assert.deepEqual(nobody.results, []);
			assert.ok(
				nobody.hints.some((hint) => hint.includes('Zebulon')),
				nobody.hints.join(),
			);
		});

		it('page through all photos, each once', async () => {
			const { site, gallery } = stage();
			const seen: string[] = [];
			let cursor = '';
			do {
				const parameters = new URLSearchParams({ q: 'people', limit: '10', cursor });
				const response = await fetch(site.n8n.webhook(`image-search?${parameters}`));
				const page = (await response.json()) as SearchResponse;
				seen.push(...page.results.map(({ id }) => id));
				cursor = page.next_cursor ?? '';
			} while (cursor && seen.length < 200);
			assert.equal(new Set(seen).size, seen.length);
			assert.ok(seen.length <= gallery.photos.length);
			assert.ok(seen.length > 10, `${seen.length} results`);
		});

		it('find a photo by itself, and refine that by words', async () => {
			const { gallery } = stage();
			const file = gallery.answers[1]?.expected[0] ?? '';
			const { results } = (await (await byPicture(stage().photo(file))).json()) as SearchResponse;
			assert.equal(fileOf(results[0] ?? { id: '', s3_path: null }), file);
			assert.ok((results[0]?.scores.visual ?? 0) > 0.99);
			const refined = await byPicture(stage().photo(file), '?q=christmas&limit=5');
			assert.equal(refined.status, 200);
		});
	});
}
