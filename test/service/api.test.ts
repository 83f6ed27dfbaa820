import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { EngineError, type ErrorCode } from '../../engine/errors';
import { logPath, socketPath } from '../../engine/locations';
import { ask } from '../harness/ask';
import { colourJpeg, testEngine, type TestEngine } from '../harness/engine';
import { freePort } from '../harness/free-port';

const SECRET = 'a-secret-that-must-not-leak';

async function rejects(call: Promise<unknown>, code: ErrorCode): Promise<EngineError> {
	try {
		await call;
	} catch (error) {
		assert.ok(error instanceof EngineError, String(error));
		assert.equal(error.code, code, error.message);
		return error;
	}
	return assert.fail(`no ${code}`);
}

describe('the API', () => {
	let engine: TestEngine;
	let model: string;
	let embedding: number[];
	before(async () => {
		engine = testEngine({ SEMANTIC_IMAGE_SEARCH_LOG_LEVEL: 'trace' });
		({ model, embedding } = await engine.client.embedImageBytes(await colourJpeg('#cc3333')));
		await engine.client.upsert('photos', {
			images: [
				{ id: 'red', title: 'A red wall', tags: ['wall'], people: ['Pat'], embedding, model },
				{ s3_path: 's3://bucket/folder/grün & blau.jpg', title: 'Zürich', embedding, model },
			],
		});
	});
	after(() => engine.close());

	it('answers an embedding with its model and dimension', () => {
		assert.match(model, /^demo@[0-9a-f]+$/);
		assert.ok(Math.abs(Math.hypot(...embedding) - 1) < 1e-4);
	});

	it('finds a photo by name, by words without accents, and by another photo', async () => {
		const { client } = engine;
		assert.equal((await client.search('photos', { text: 'pat' })).results[0]?.id, 'red');
		assert.equal(
			(await client.search('photos', { text: 'zurich' })).results[0]?.id,
			'bucket/folder/grün & blau.jpg',
		);
		const alike = await client.search('photos', { like: 'red' });
		assert.deepEqual(
			alike.results.map(({ id }) => id),
			['bucket/folder/grün & blau.jpg'],
		);
		const byPicture = await client.search('photos', {
			image: (await colourJpeg('#cc3333')).toString('base64'),
		});
		assert.ok(byPicture.results[0]!.scores.visual! > 0.999);
	});

	it('reads a photo by an id full of awkward characters', async () => {
		const photo = await engine.client.getImage('photos', 'bucket/folder/grün & blau.jpg');
		assert.equal(photo.title, 'Zürich');
		assert.equal(photo.text_owed, true);
	});

	it('pages without repeating or losing a photo', async () => {
		const first = await engine.client.search('photos', {
			text: 'wall',
			limit: 1,
			fold_duplicates: false,
		});
		const second = await engine.client.search('photos', {
			text: 'wall',
			limit: 1,
			fold_duplicates: false,
			cursor: first.next_cursor!,
		});
		assert.notEqual(first.results[0]?.id, second.results[0]?.id);
		assert.equal(second.next_cursor, null);
		await rejects(
			engine.client.search('photos', { text: 'door', cursor: first.next_cursor! }),
			'BAD_CURSOR',
		);
	});

	it('refuses index names that could leave the data folder', async () => {
		for (const name of ['../x', '..', 'A', 'a/b', '', 'x'.repeat(65), 'a\0b']) {
			await rejects(engine.client.upsert(name, { images: [] }), 'BAD_INDEX_NAME');
		}
	});

	it('keeps the good items of a batch and says of each bad one what to do', async () => {
		const { results, errors } = await engine.client.upsert('mixed', {
			images: [
				{ id: 'good', embedding, model },
				{ id: 'short', embedding: embedding.slice(1), model },
				{ id: 'foreign', embedding, model: 'other-model@1' },
				{ id: 'nan', embedding: [Number.NaN, ...embedding.slice(1)], model },
				{ id: 'zero', embedding: embedding.map(() => 0), model },
				{ id: 'unnamed', embedding },
				{ title: 'neither id nor path' },
				{ id: 'also good', title: 'words only' },
			],
		});
		assert.deepEqual(
			results.map(({ id }) => id),
			['good', 'also good'],
		);
		assert.deepEqual(
			errors.map(({ index, code }) => [index, code]),
			[
				[1, 'VECTOR_LENGTH'],
				[2, 'MODEL_MISMATCH'],
				[3, 'BAD_VECTOR'],
				[4, 'BAD_VECTOR'],
				[5, 'BAD_REQUEST'],
				[6, 'BAD_REQUEST'],
			],
		);
		for (const { id, message } of errors) if (id) assert.ok(message.includes(id), message);
		assert.equal((await engine.client.stats('mixed')).photos, 2);
	});

	it('refuses empty, endless and aimless queries', async () => {
		const { client } = engine;
		await rejects(client.search('photos', { text: '   ' }), 'EMPTY_QUERY');
		await rejects(client.search('photos', {}), 'EMPTY_QUERY');
		await rejects(client.search('photos', { text: 'x'.repeat(10_000) }), 'QUERY_TOO_LONG');
		await rejects(client.search('photos', { like: 'nobody' }), 'IMAGE_NOT_FOUND');
		await rejects(client.search('nowhere', { text: 'x' }), 'INDEX_NOT_FOUND');
		await rejects(client.search('photos', { text: 'x', limit: 0 }), 'BAD_REQUEST');
		await rejects(client.search('photos', { image: 'not base64 at all!' }), 'BAD_REQUEST');
	});

	it('answers an address that is no text with its own kind of error, not the framework’s', async () => {
		const { status, body } = await ask(engine.dataDir, 'GET', '/indexes/photos/images/%ff');
		assert.equal(status, 400);
		assert.equal(body.error.code, 'BAD_REQUEST');
		assert.match(body.error.message, /%ff/);
	});

	it('refuses texts that a text tower cannot mean anything by', async () => {
		await rejects(engine.client.embedText({ text: ' ' }), 'EMPTY_QUERY');
		await rejects(engine.client.embedText({ text: 'x'.repeat(10_000) }), 'QUERY_TOO_LONG');
	});

	it('deletes nothing on the word of a filter that leaves nothing out', async () => {
		const { client } = engine;
		for (const filter of [{}, { prefix: '' }, { tags_any: [] }, { buckett: 'typo' }]) {
			await rejects(client.remove('photos', { filter }), 'BAD_REQUEST');
		}
		await rejects(
			client.search('photos', { text: 'x', filter: { buckett: 'typo' } as object }),
			'BAD_REQUEST',
		);
		assert.equal((await client.stats('photos')).photos, 2);
	});

	it('answers a search although one of its photos has no address', async () => {
		const s3 = { endpoint: 'http://127.0.0.1:9', access_key_id: 'id', secret_access_key: SECRET };
		const { results } = await engine.client.search('photos', {
			text: 'wall',
			s3,
			fold_duplicates: false,
		});
		assert.deepEqual(
			results.map(({ url }) => url === null),
			[true, false],
		);
	});

	it('drops an index, and only that', async () => {
		await engine.client.upsert('temporary', { images: [{ id: 'a', title: 'a' }] });
		await engine.client.dropIndex('temporary');
		await rejects(engine.client.stats('temporary'), 'INDEX_NOT_FOUND');
		await rejects(engine.client.dropIndex('temporary'), 'INDEX_NOT_FOUND');
		assert.equal((await engine.client.stats('photos')).photos, 2);
	});

	it('names the fault of a bad image', async () => {
		const { client } = engine;
		await rejects(client.embedImageBytes(Buffer.alloc(0)), 'IMAGE_EMPTY');
		await rejects(client.embedImageBytes(Buffer.from('hello')), 'NOT_AN_IMAGE');
		await rejects(
			client.embedImageBytes(await colourJpeg('red'), { model: 'no-such-model' }),
			'MODEL_UNKNOWN',
		);
		await rejects(
			client.embedImageBytes(await colourJpeg('red'), { model: '../../etc' }),
			'MODEL_UNKNOWN',
		);
	});

	it('refuses a model too large for a CPU with its price, and fetches nothing', async () => {
		const { client } = engine;
		const error = await rejects(
			client.embedText({ text: 'a dog', model: 'siglip2-so400m-patch14-384' }),
			'MODEL_TOO_LARGE',
		);
		assert.match(error.message, /GFLOPs a photo, about \d+\.\d s/);
		const { models } = await client.models();
		assert.ok(!models.some(({ state }) => state === 'downloading'));
	});

	it('says of each model what it costs and under which licence', async () => {
		const { models } = await engine.client.models();
		const known = models.find(({ id }) => id === 'siglip2-base-patch16-256');
		assert.deepEqual(
			[known?.speed, known?.gflops, known?.licence, known?.languages, known?.dimension],
			['medium', 47, 'Apache-2.0', 'many', 768],
		);
	});

	it('asks for credentials where an s3:// path comes without', async () => {
		const error = await rejects(
			engine.client.search('photos', { image_path: 's3://b/k.jpg' }),
			'S3_CREDENTIALS_MISSING',
		);
		assert.match(error.message, /credential/);
	});

	it('writes no secret to its log or errors', async () => {
		const s3 = {
			endpoint: `http://127.0.0.1:${await freePort()}`,
			access_key_id: 'id',
			secret_access_key: SECRET,
			session_token: SECRET,
		};
		const error = await rejects(engine.client.listObjects({ s3, bucket: 'b' }), 'S3_UNREACHABLE');
		assert.ok(!JSON.stringify(error).includes(SECRET));
		await engine.client
			.testOllama({ ollama: { url: `http://127.0.0.1:${await freePort()}`, api_key: SECRET } })
			.catch((failure: EngineError) => assert.ok(!failure.message.includes(SECRET)));
		assert.ok(!readFileSync(logPath(engine.dataDir), 'utf8').includes(SECRET));
	});

	it('says what a wrong request lacks, whatever its shape', async () => {
		for (const [method, path, body, status] of [
			['POST', '/embed-text', '{"text":5}', 400],
			['POST', '/embed-text', '{', 400],
			['POST', '/embed-image', '{}', 400],
			['POST', '/embed-image', '{"image_path":"s3://b/k","s3":{"access_key_id":5}}', 400],
			['PUT', '/indexes/photos/images', '{"images":"no"}', 400],
			['DELETE', '/indexes/photos/images', '{}', 400],
			['GET', '/no/such/route', undefined, 404],
			['GET', '/jobs/none', undefined, 404],
		] as const) {
			const answer = await ask(engine.dataDir, method, path, body);
			assert.equal(answer.status, status, `${method} ${path}: ${JSON.stringify(answer.body)}`);
			assert.ok(answer.body.error!.message.length > 10);
		}
	});

	it('describes itself', async () => {
		const { body } = await ask(engine.dataDir, 'GET', '/openapi.json');
		const { paths } = body as { paths: Record<string, Record<string, unknown>> };
		for (const route of [
			'/embed-image',
			'/embed-batch',
			'/embed-text',
			'/indexes/{name}/images',
			'/indexes/{name}/search',
			'/indexes/{name}/nearest',
			'/indexes/{name}/images/list',
			'/indexes/{name}/images/count',
			'/indexes/{name}/generations',
			'/indexes/{name}/generations/activate',
		]) {
			assert.ok(paths[route], route);
		}
		assert.deepEqual(Object.keys(paths['/indexes/{name}/images']!).sort(), [
			'delete',
			'get',
			'patch',
			'put',
		]);
		// Items are not refused by the schema, but a reader learns what they should be.
		const upsert = JSON.stringify(paths['/indexes/{name}/images']!.put);
		for (const field of ['text_embedding', 'taken_at', 'people']) {
			assert.ok(upsert.includes(`"${field}"`), field);
		}
	});

	it('tells in its metrics how large the indexes in use are', async () => {
		const metrics = await new Promise<string>((resolve, reject) => {
			request({ socketPath: socketPath(engine.dataDir), path: '/metrics' }, (response) => {
				let body = '';
				response.on('data', (chunk: Buffer) => (body += chunk.toString()));
				response.on('end', () => resolve(body));
			})
				.on('error', reject)
				.end();
		});
		const value = (name: string, labels: string) =>
			new RegExp(`^semantic_image_search_${name}{${labels}} (\\d+)$`, 'm').exec(metrics)?.[1];
		assert.equal(value('photos', 'index="photos"'), '2');
		assert.equal(value('vectors', 'index="photos",kind="image"'), '2');
		assert.equal(value('vectors', 'index="photos",kind="text"'), '0');
		assert.equal(value('tombstones', 'index="photos",kind="image"'), '0');
		assert.ok(Number(value('index_memory_bytes', 'index="photos",kind="image"')) > 0);
		assert.equal(value('photos', 'index="temporary"'), undefined, 'it was dropped');
	});
});
