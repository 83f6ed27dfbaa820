import './user-folder';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { IDataObject, IWorkflowBase } from 'n8n-workflow';
import { renderTemplate } from './template';
import { PACKAGE_ROOT } from '../../engine/locations';

const file = join(PACKAGE_ROOT, 'workflows', 'gallery-page.json');
const workflow = JSON.parse(readFileSync(file, 'utf8')) as IWorkflowBase;
const template = workflow.nodes.find(({ name }) => name === 'Render page')!.parameters
	.html as string;

const ATTACK = `"'><script>alert(1)</script><img src=x onerror=alert(1)>&\``;
const REQUEST = {
	...{ q: '', like: '', cursor: '', sort: '' },
	...{ only_relevant: false, fold_duplicates: true, anyway: false },
	...{ title: 'Photo search', limit: 24 },
};
const PHOTO = {
	id: 'photos/a.jpg',
	title: 'A',
	relevance: 0.9,
	s3_path: 's3://photos/a.jpg',
	url: 'https://s3.test/photos/a.jpg?X-Amz-Signature=1&x=2',
	channels: ['visual', 'keyword'],
	why: { words: [] as IDataObject[], people: [] as string[], terms: [] as IDataObject[] },
	duplicates: { count: 0, ids: [] as string[] },
	description: null as string | null,
	tags: [] as string[],
	people: [] as string[],
	width: 400,
	height: 300,
};
const ANSWER = {
	results: [PHOTO],
	...{ total: 40, relevant: 3, capped: false, next_cursor: null as string | null },
	hints: [] as string[],
	notes: [] as IDataObject[],
	took_ms: 12.4,
	explain: {
		query: { typed: 'x', text: 'x', terms: [{ text: 'x' }] as IDataObject[], like: [] },
		plan: ['"x" (pictures) should be there.'],
		timings_ms: { embed: 3.21 },
	},
};

/** The page as it is shown: without its style, and without the help, which is always the same. */
async function page(request: IDataObject, answer: IDataObject): Promise<string> {
	const html = await renderTemplate(
		template,
		{ 'Read request': { ...REQUEST, ...request } },
		answer,
	);
	return html.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<div id="help"[\s\S]*?<\/div>/, '');
}

const answered = async (change: Partial<typeof ANSWER>, request: IDataObject = { q: 'x' }) =>
	await page(request, { ...ANSWER, ...change });
const showing = async (change: Partial<typeof PHOTO>, request: IDataObject = { q: 'x' }) =>
	await answered({ results: [{ ...PHOTO, ...change }] }, request);

describe('gallery page', () => {
	test('a title, description, tag, person, hint, note, facet, id or query with markup stays text', async () => {
		const count = [{ value: ATTACK, count: 1 }];
		const answer = {
			...ANSWER,
			results: [
				{
					...PHOTO,
					id: ATTACK,
					title: ATTACK,
					description: ATTACK,
					people: [ATTACK],
					tags: [ATTACK],
					channels: [ATTACK],
					url: `https://s3.test/${ATTACK}`,
					why: {
						words: ['title', 'description', 'tags', 'people', 's3_path', 'id'].map((field) => ({
							field,
							...(['tags', 'people'].includes(field) && { item: 0 }),
							words: [
								{ text: '<', from: 3, to: 4 },
								{ text: ATTACK, from: 5, to: 400 },
							],
						})),
						people: [ATTACK],
						terms: [ATTACK, 'b'].map((term) => ({ term, relevance: 1, evidence: {} })),
					},
					duplicates: { count: 1, ids: [ATTACK] },
				},
			],
			next_cursor: ATTACK,
			hints: [ATTACK],
			notes: [{ message: ATTACK, from: 2, to: 20 }],
			facets: { people: count, tags: count, years: count },
			explain: {
				query: { typed: ATTACK, terms: [{}], like: [] },
				plan: [ATTACK],
				timings_ms: { [ATTACK]: 1 },
			},
		};
		for (const request of [
			{ q: ATTACK },
			{ like: ATTACK },
			{ q: ATTACK, like: ATTACK, cursor: ATTACK, sort: 'newest' },
			{ q: ATTACK, fold_duplicates: false, only_relevant: true },
		]) {
			const html = await page(request, answer);
			assert.doesNotMatch(html, /<script|<img src=x|onerror=alert\(1\)>/i);
			assert.match(html, /&#60;(<\/mark>)?s(<mark>)?cript&#62;/);
		}
		const nothing = { ...answer, results: [], relevant: 0 };
		assert.doesNotMatch(await page({ q: ATTACK }, nothing), /<script/i);
		const failed = await page({ q: 'x' }, { error: ATTACK, details: { code: 'BAD_REQUEST' } });
		assert.doesNotMatch(failed, /<script/i);
		assert.doesNotMatch(await page({ title: ATTACK }, REQUEST), /<script/i);
	});

	test('a link that is not http never becomes one', async () => {
		assert.doesNotMatch(await showing({ url: 'javascript:alert(1)' }), /javascript:/);
	});

	test('nothing is asked of other hosts, and no script runs', () => {
		assert.doesNotMatch(template, /<script|<link|@import|url\(|https?:\/\/(?!www\.w3\.org)/i);
	});

	test('photos show their name, why they were found and the way to more like them', async () => {
		const html = await answered(
			{ next_cursor: 'c+1', hints: ['A hint'] },
			{ q: 'beach & sea', sort: 'newest', only_relevant: true },
		);
		assert.match(html, /alt="A"/);
		assert.match(html, /looks like it/);
		assert.match(html, /X-Amz-Signature=1&#38;x=2/);
		assert.match(html, /href="\?like=photos%2Fa\.jpg"/);
		assert.match(html, /A hint/);
		const next = '?q=beach%20%26%20sea&amp;sort=newest&amp;only_relevant=1&amp;cursor=c%2B1';
		assert.ok(html.includes(`href="${next}"`), 'the next page forgets how this one was asked');
		assert.match(html, /3 relevant.*12 ms/);
		assert.match(html, /<li>&#34;x&#34; \(pictures\) should be there/);
		assert.match(html, /embed 3\.2 ms/);
	});

	test('how many are relevant, of how many; a bound is said to be one', async () => {
		assert.match(await answered({}), /3 relevant of 40 ·/);
		assert.match(await answered({ capped: true }), /3 relevant of at least 40 ·/);
		assert.match(
			await answered({ capped: true }, { q: 'x', sort: 'oldest' }),
			/at least 3 relevant/,
		);
	});

	/** Where words stand in a text, as the engine says it. */
	const places = (text: string, ...words: string[]) =>
		words.map((word) => ({
			text: word,
			from: text.indexOf(word),
			to: text.indexOf(word) + word.length,
		}));

	test('words are marked where they stand, not where they also occur', async () => {
		const title = 'A scary car (red)';
		const description = '海辺の猫 $1';
		const html = await showing({
			title,
			description,
			why: {
				words: [
					{ field: 'title', words: [{ text: 'car', from: 8, to: 11 }, ...places(title, '(red)')] },
					{ field: 'description', words: places(description, '$1', '猫') },
					{ field: 's3_path', words: places(PHOTO.s3_path, 'photos', 'jpg') },
				],
				people: [],
				terms: [],
			},
		});
		assert.match(html, /A scary <mark>car<\/mark> <mark>\(red\)<\/mark></);
		assert.match(html, /海辺の<mark>猫<\/mark> <mark>&#36;1<\/mark>/);
		assert.match(html, />a\.<mark>jpg<\/mark></);
		const untitled = await showing({
			title: null as unknown as string,
			why: {
				words: [{ field: 's3_path', words: places(PHOTO.s3_path, 'photos') }],
				people: [],
				terms: [],
			},
		});
		assert.match(
			untitled,
			/class="name">a\.jpg</,
			'what is found outside the file name is not marked in it',
		);
	});

	test('a photo says which of several things it has, whom it names and what tag fits', async () => {
		const html = await showing({
			people: ['Jack Doe', 'Pat Miller', 'Dog'],
			tags: ['beach', 'the family'],
			why: {
				words: [
					{ field: 'tags', item: 1, words: places('the family', 'family') },
					{ field: 'people', item: 0, words: places('Jack Doe', 'Doe') },
				],
				people: ['Pat Miller', 'Dog'],
				terms: [
					{ term: 'dog', relevance: 0.9, evidence: {} },
					{ term: 'Pat', relevance: 0.99, evidence: {} },
					{ term: 'a dog', relevance: 0.2, evidence: {} },
				],
			},
		});
		assert.match(html, /has <\/span>Pat</);
		assert.match(html, /lacks <\/span>a dog</);
		assert.doesNotMatch(html, />Dog</, 'told twice');
		assert.match(html, /badge person"[^>]*>Pat Miller<.*badge quiet"[^>]*>Jack <mark>Doe<\/mark></);
		assert.match(html, />the <mark>family<\/mark></);
		assert.doesNotMatch(html, />beach</);
		const terms = ['a', 'b', 'a, b'].map((term) => ({ term, relevance: 0.9, evidence: {} }));
		const whole = await answered({
			results: [{ ...PHOTO, why: { ...PHOTO.why, terms } }],
			explain: { ...ANSWER.explain, query: { typed: 'a, b', text: 'a, b', terms: [{}], like: [] } },
		});
		assert.doesNotMatch(whole, /has <\/span>a, b</);
	});

	test('folded photos are counted, with a way to see them', async () => {
		const html = await showing({ duplicates: { count: 2, ids: ['b', 'c'] } });
		assert.match(html, /href="\?like=photos%2Fa\.jpg&amp;fold_duplicates=0"[^>]*>\+2 similar/);
		assert.doesNotMatch(await showing({}), /\d similar/);
		const unfolded = await answered({}, { like: 'photos/a.jpg', fold_duplicates: false });
		assert.match(unfolded, /near-duplicates one by one/);
	});

	test('“without this” negates the photo, unless its id cannot be said in a query', async () => {
		assert.match(await showing({}), /href="\?q=x%20-like%3A%22photos%2Fa\.jpg%22"/);
		for (const id of ['a "b".jpg', 'a  b.jpg', 'a\n.jpg', '']) {
			assert.doesNotMatch(await showing({ id }), /Without this/);
		}
	});

	test('a facet adds its field to the query, and takes it out again', async () => {
		const facets = {
			people: [{ value: 'Pat', count: 7 }],
			tags: [{ value: 'the "new" year', count: 2 }],
			years: [{ value: '2024', count: 3 }],
		};
		const html = await page({ q: 'dog year:2024' }, { ...ANSWER, facets });
		assert.match(html, /href="\?q=dog%20year%3A2024%20person%3A%22Pat%22">Pat <small>7/);
		assert.match(html, /tag%3A%22the%20%20new%20%20year%22/);
		assert.match(html, /chip on" href="\?q=dog"><span class="sr">Remove <\/span>2024/);
	});

	test('what was not understood is underlined where it stands', async () => {
		const html = await answered({
			notes: [{ message: 'before: wants a date.', from: 4, to: 15 }],
			explain: {
				...ANSWER.explain,
				query: { typed: 'sea before:soon', text: '', terms: [], like: [] },
			},
		});
		assert.match(html, /before: wants a date\.<code>sea <u>before:soon<\/u><\/code>/);
	});

	test('“nothing matches” is the answer where nothing is relevant; the nearest wait for a click', async () => {
		const far = { relevant: 0, results: [{ ...PHOTO, relevance: 0.02 }] };
		const none = await answered(far, { q: 'zeppelin' });
		assert.match(none, /Nothing matches “zeppelin”/);
		assert.doesNotMatch(none, /class="photo"/);
		assert.match(none, /href="\?q=zeppelin&amp;anyway=1"/);
		const anyway = await answered(far, { q: 'zeppelin', anyway: true });
		assert.match(anyway, /class="photo"/);
		const near = await answered({ relevant: 0, results: [{ ...PHOTO, relevance: 0.3 }] });
		assert.match(near, /Nothing fits for certain[\s\S]*class="photo"/);
		const terms = [0.97, 0].map((relevance) => ({ term: 'a', relevance, evidence: {} }));
		const half = { ...PHOTO, relevance: 0.005, why: { ...PHOTO.why, terms } };
		assert.match(await answered({ relevant: 0, results: [half] }), /class="photo"/);
		const cut = await answered(
			{ relevant: 0, total: 0, results: [] },
			{ q: 'zeppelin', sort: 'newest', only_relevant: true },
		);
		assert.match(cut, /href="\?q=zeppelin&amp;anyway=1"/);
		const like = await answered(far, { like: 'photos/b.jpg' });
		assert.match(like, /class="photo"/);
		const empty = await answered({ relevant: 0, total: 0, results: [] });
		assert.doesNotMatch(empty, /anyway=1/);
	});

	test('the less likely come after a heading; a list by filters alone has no relevance', async () => {
		const results = [PHOTO, { ...PHOTO, id: 'b', relevance: 0.2 }];
		const html = await answered({ results });
		assert.match(html, /looks like it[\s\S]*Less likely[\s\S]*20 %/);
		assert.doesNotMatch(html, /Less likely[\s\S]*looks like it/);
		const explain = {
			...ANSWER.explain,
			query: { typed: 'year:2024', text: '', terms: [], like: [] },
		};
		const list = await answered({ results, explain }, { q: 'year:2024' });
		assert.doesNotMatch(list, /Less likely|\d %|role="switch"/);
		assert.match(list, /40 photos/);
		assert.match(list, /aria-current="true">Newest/);
	});

	test('the address holds the state: sort and “only relevant” keep the query and each other', async () => {
		const html = await answered({}, { q: 'sea', only_relevant: true });
		assert.match(html, /href="\?q=sea&amp;sort=newest&amp;only_relevant=1">Newest/);
		assert.match(html, /role="switch" aria-checked="true">/);
		const dated = await answered({}, { q: 'sea', sort: 'oldest' });
		assert.match(dated, /aria-checked="true" disabled/);
		assert.match(dated, /name="sort" value="oldest"/);
	});

	test('the first visit invites, an empty index says what to do', async () => {
		assert.match(await page({}, REQUEST), /Find a photo by what is in it/);
		assert.match(
			await page({ q: 'x' }, { error: 'No index', details: { code: 'INDEX_NOT_FOUND' } }),
			/Backfill/,
		);
	});
});
