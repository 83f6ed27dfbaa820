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
const REQUEST = { q: '', like: '', cursor: '', title: 'Photo search', limit: 24 };
const PHOTO = {
	id: 'photos/a.jpg',
	title: 'A',
	similarity: 0.5,
	s3_path: 's3://photos/a.jpg',
	url: 'https://s3.test/photos/a.jpg?X-Amz-Signature=1&x=2',
	channels: ['visual', 'keyword'],
	description: null,
	tags: [],
	people: [],
	width: 400,
	height: 300,
};

async function page(request: IDataObject, answer: IDataObject): Promise<string> {
	return await renderTemplate(template, { 'Read request': { ...REQUEST, ...request } }, answer);
}

/** The page without the parts of the template that hold tags of their own. */
function outside(html: string): string {
	return html.replace(/<style>[\s\S]*?<\/style>/, '');
}

describe('gallery page', () => {
	test('a title, description, tag, person, hint, id or query with markup stays text', async () => {
		const hostile = {
			...PHOTO,
			id: ATTACK,
			title: ATTACK,
			description: ATTACK,
			people: [ATTACK],
			channels: [ATTACK],
			url: `https://s3.test/${ATTACK}`,
		};
		const answer = {
			results: [hostile],
			total: 1,
			next_cursor: ATTACK,
			hints: [ATTACK],
			took_ms: 1,
		};
		for (const request of [
			{ q: ATTACK },
			{ like: ATTACK },
			{ q: ATTACK, like: ATTACK, cursor: ATTACK },
		]) {
			const html = outside(await page(request, answer));
			assert.doesNotMatch(html, /<script|<img src=x|onerror=alert\(1\)>/i);
			assert.match(html, /&#60;script&#62;/);
		}
		const failed = outside(await page({ q: 'x' }, { error: ATTACK, details: { code: 'BAD' } }));
		assert.doesNotMatch(failed, /<script/i);
		const titled = outside(await page({ title: ATTACK }, REQUEST));
		assert.doesNotMatch(titled, /<script/i);
	});

	test('a link that is not http never becomes one', async () => {
		const html = await page(
			{ q: 'x' },
			{ results: [{ ...PHOTO, url: 'javascript:alert(1)' }], total: 1, hints: [] },
		);
		assert.doesNotMatch(html, /javascript:/);
	});

	test('photos show their name, why they were found and the way to more like them', async () => {
		const answer = {
			results: [PHOTO],
			total: 40,
			next_cursor: 'c+1',
			hints: ['A hint'],
			took_ms: 12,
		};
		const html = await page({ q: 'beach & sea' }, answer);
		assert.match(html, /alt="A"/);
		assert.match(html, /looks like it/);
		assert.match(html, /X-Amz-Signature=1&#38;x=2/);
		assert.match(html, /href="\?like=photos%2Fa\.jpg"/);
		assert.match(html, /href="\?q=beach%20%26%20sea&amp;cursor=c%2B1"/);
		assert.match(html, /A hint/);
		assert.match(html, /1 photo of 40 compared/);
	});

	test('the first visit invites, an empty result says so, an empty index says what to do', async () => {
		assert.match(await page({}, REQUEST), /Find a photo by what is in it/);
		assert.match(await page({ q: 'x' }, { results: [], total: 3, hints: [] }), /nothing found/);
		assert.match(
			await page({ q: 'x' }, { error: 'No index', details: { code: 'INDEX_NOT_FOUND' } }),
			/Backfill/,
		);
	});
});
