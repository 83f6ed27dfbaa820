import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Stage } from './stage';

/** Needs the search workflows published. */
export function badInput(stage: () => Stage): void {
	const search = async (parameters: Record<string, string>) =>
		await answerOf(
			fetch(stage().site.n8n.webhook(`image-search?${new URLSearchParams(parameters)}`)),
		);
	const byPicture = async (body: Buffer | undefined) => {
		const form = new FormData();
		if (body) form.set('file', new Blob([new Uint8Array(body)]), 'photo.jpg');
		return await answerOf(
			fetch(stage().site.n8n.webhook('image-search-by-picture'), { method: 'POST', body: form }),
		);
	};

	describe('bad input gets an answer that says what to do', () => {
		it('no query', async () => {
			assert.deepEqual(await search({}), [400, 'EMPTY_QUERY']);
			assert.deepEqual(await search({ q: '   ' }), [400, 'EMPTY_QUERY']);
		});
		it('a query of 10,000 characters', async () => {
			assert.deepEqual(await search({ q: 'x'.repeat(10_000) }), [400, 'QUERY_TOO_LONG']);
		});
		it('a cursor that is not one of ours', async () => {
			assert.deepEqual(await search({ q: 'tree', cursor: '../../etc' }), [400, 'BAD_CURSOR']);
		});
		it('a limit that is no number: the usual one', async () => {
			assert.equal((await search({ q: 'tree', limit: 'many' }))[0], 200);
		});
		it('words of a query language, quotes and operators', async () => {
			for (const q of ['"tree', 'NEAR(', "'; DROP TABLE photo; --", 'a AND OR NOT', '𝒳 🎄', '-x']) {
				assert.equal((await search({ q }))[0], 200, q);
			}
			for (const q of ['"', '*', '""', '( , )']) {
				assert.deepEqual(await search({ q }), [400, 'EMPTY_QUERY'], q);
			}
		});
		it('no picture', async () => {
			assert.deepEqual(await byPicture(undefined), [400, 'EMPTY_QUERY']);
		});
		it('a picture that is none, and one that ends too early', async () => {
			assert.deepEqual(await byPicture(Buffer.from('hello')), [400, 'NOT_AN_IMAGE']);
			const cut = stage().photo(stage().gallery.later.key).subarray(0, 2_000);
			const [status, code] = await byPicture(cut);
			assert.equal(status, 400);
			assert.match(String(code), /^(IMAGE_TRUNCATED|NOT_AN_IMAGE)$/);
		});
		it('an event that is not one, and one of somebody else’s bucket', async () => {
			const { site } = stage();
			for (const body of ['', 'hello', '{"Records":[{}]}', '[]', '{"Records":"x"}']) {
				const response = await fetch(site.n8n.webhook('photos-changed'), { method: 'POST', body });
				assert.ok(response.status < 500, `${body}: ${response.status}`);
			}
			assert.ok(site.n8n.running);
		});
	});
}

/** Status, and the error's code where there is one. */
async function answerOf(request: Promise<Response>): Promise<[number, string | undefined]> {
	const response = await request;
	const body = (await response.json()) as { error?: { code: string } };
	return [response.status, body.error?.code];
}
