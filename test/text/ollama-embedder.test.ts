import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';

import { EngineError } from '../../engine/errors';
import { createOllamaEmbedder } from '../../engine/text/ollama-embedder';
import { textModelName } from '../../engine/text/ollama-model';
import { POISON, startOllamaServer, type OllamaTestServer } from '../harness/ollama-server';

const code = (expected: string, message?: RegExp) => (error: unknown) =>
	error instanceof EngineError && error.code === expected && (message?.test(error.message) ?? true);
const dot = (a: Float32Array, b: Float32Array) =>
	a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('Ollama embedder', () => {
	let ollama: OllamaTestServer;
	const embedder = createOllamaEmbedder({ busyDelayMs: 5 });

	before(async () => {
		ollama = await startOllamaServer(['nomic-embed-text', 'all-minilm']);
	});
	after(() => ollama.close());
	beforeEach(() => {
		ollama.mood('well');
		ollama.delay(0);
		ollama.requests.length = 0;
	});

	test('documents and queries get nomic prefixes, so their vectors meet in one space', async () => {
		const [car, boat] = await embedder.embedDocuments(['a red car', 'a boat'], ollama.connection);
		const query = await embedder.embedQuery('red car', ollama.connection);
		assert.ok(car instanceof Float32Array && boat instanceof Float32Array);
		assert.ok(dot(car, query) > dot(boat, query));
		assert.ok(Math.abs(dot(car, car) - 1) < 1e-5);
		assert.deepEqual(ollama.requests[0]?.input, [
			'search_document: a red car',
			'search_document: a boat',
		]);
		assert.deepEqual(ollama.requests[1]?.input, ['search_query: red car']);
	});

	test('another model gets no prefix', async () => {
		await embedder.embedQuery('red car', { ...ollama.connection, model: 'all-minilm' });
		assert.deepEqual(ollama.requests[0]?.input, ['red car']);
	});

	test('one bad text does not fail the other 31 of its batch', async () => {
		const texts = Array.from({ length: 32 }, (_, i) => (i === 7 ? POISON : `photo ${i}`));
		const answers = await embedder.embedDocuments(texts, ollama.connection);
		assert.equal(answers.filter((answer) => answer instanceof Float32Array).length, 31);
		assert.ok(code('OLLAMA_ERROR')(answers[7]));
	});

	test('empty texts are never sent and do not shift the order', async () => {
		const [a, empty, b] = await embedder.embedDocuments(['cat', '  ', 'dog'], ollama.connection);
		assert.ok(a instanceof Float32Array && b instanceof Float32Array && empty instanceof Error);
		assert.equal(ollama.requests[0]?.input.length, 2);
		const dog = await embedder.embedQuery('dog', ollama.connection);
		assert.ok(dot(b, dog) > 0.99);
		await assert.rejects(embedder.embedQuery(' ', ollama.connection), code('EMPTY_QUERY'));
	});

	test('a hundred texts go in batches of at most 32', async () => {
		const texts = Array.from({ length: 100 }, (_, i) => `photo ${i}`);
		assert.equal((await embedder.embedDocuments(texts, ollama.connection)).length, 100);
		assert.deepEqual(
			ollama.requests.map(({ input }) => input.length),
			[32, 32, 32, 4],
		);
	});

	test('a missing model says which command to run', async () => {
		await assert.rejects(
			embedder.embedQuery('x', { ...ollama.connection, model: 'bge-m3' }),
			code('OLLAMA_MODEL_MISSING', /ollama pull bge-m3/),
		);
	});

	test('a full queue is retried, and reported as busy when it stays full', async () => {
		ollama.mood('busy', 2);
		assert.ok((await embedder.embedQuery('x', ollama.connection)).length > 0);
		ollama.mood('busy');
		await assert.rejects(embedder.embedQuery('x', ollama.connection), code('OLLAMA_ERROR', /busy/));
	});

	test('a hanging server ends a query and a batch in time', async () => {
		ollama.mood('hanging');
		const hasty = createOllamaEmbedder({ queryTimeoutMs: 400, documentTimeoutMs: 600 });
		const started = Date.now();
		const unreachable = code('OLLAMA_UNREACHABLE', /did not answer in time/);
		await assert.rejects(hasty.embedQuery('x', ollama.connection), unreachable);
		await assert.rejects(hasty.embedDocuments(['x'], ollama.connection), unreachable);
		assert.ok(Date.now() - started < 3_000);
	});

	test('a stopped server, and one that drops connections, are unreachable', async () => {
		ollama.mood('down');
		await assert.rejects(embedder.embedQuery('x', ollama.connection), code('OLLAMA_UNREACHABLE'));
		const url = await unusedUrl();
		await assert.rejects(
			embedder.embedDocuments(['x'], { url }),
			code('OLLAMA_UNREACHABLE', /ECONNREFUSED/),
		);
	});

	test('the wrong URL is told apart from a failing Ollama', async () => {
		ollama.mood('html');
		await assert.rejects(
			embedder.embedQuery('x', ollama.connection),
			code('OLLAMA_ERROR', /not JSON/),
		);
		ollama.mood('failing');
		await assert.rejects(
			embedder.embedQuery('x', ollama.connection),
			code('OLLAMA_ERROR', /runner/),
		);
		await assert.rejects(embedder.embedQuery('x', { url: 'http://' }), code('BAD_REQUEST'));
	});

	test('the API key travels as a bearer token and never in a message', async () => {
		const connection = { ...ollama.connection, api_key: 'top-secret' };
		await embedder.embedQuery('x', connection);
		assert.equal(ollama.requests[0]?.authorization, 'Bearer top-secret');
		ollama.mood('down');
		await assert.rejects(
			embedder.embedQuery('x', connection),
			(error: EngineError) => !JSON.stringify(error).includes('top-secret'),
		);
	});

	test('a cancelled call ends at once as CANCELLED', async () => {
		ollama.mood('hanging');
		await assert.rejects(
			embedder.embedDocuments(['x'], ollama.connection, AbortSignal.timeout(30)),
			code('CANCELLED'),
		);
	});

	test('the connection test reports version, model and dimension', async () => {
		const { version, model, dimension } = await embedder.testConnection(ollama.connection);
		assert.deepEqual([version, model, dimension], ['0.0.0-double', 'nomic-embed-text', 768]);
	});

	test('the default tag does not make a second model of the same one', () => {
		assert.equal(textModelName({ url: '', model: 'nomic-embed-text:latest' }), 'nomic-embed-text');
		assert.equal(textModelName({ url: '' }), 'nomic-embed-text');
		assert.equal(
			textModelName({ url: '', model: 'nomic-embed-text:v1.5' }),
			'nomic-embed-text:v1.5',
		);
	});
});

async function unusedUrl(): Promise<string> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return `http://127.0.0.1:${port}`;
}
