import assert from 'node:assert/strict';
import { after, describe, test, type TestContext } from 'node:test';

import { EngineError } from '../../engine/errors';
import { createPhotoSources } from '../../engine/ingest/s3-source';
import { findVersitygw, startStrictS3Server, type StrictS3Server } from '../harness/versitygw';

const KEYS = [
	'a b.jpg',
	'a+b.jpg',
	'100%.jpg',
	'a%20b.jpg',
	'q?x#y.jpg',
	'ünï/日本 😀.jpg',
	"it's(1)!*.jpg",
	'&<x>.jpg',
	'~tilde=@:,;$.jpg',
];
const code = (expected: string, message?: RegExp) => (error: unknown) => {
	assert.ok(error instanceof EngineError, String(error));
	assert.equal(error.code, expected, error.message);
	if (message) assert.match(error.message, message);
	return true;
};

describe('S3 source against a server that checks signatures', () => {
	const sources = createPhotoSources();
	let starting: Promise<StrictS3Server | { reason: string }> | undefined;

	async function start(): Promise<StrictS3Server | { reason: string }> {
		const found = await findVersitygw();
		return 'binary' in found ? startStrictS3Server(found.binary, ['photos']) : found;
	}

	/** The server, started by the first test that wants it; a test without one is skipped. */
	async function strict(context: TestContext): Promise<StrictS3Server | undefined> {
		starting ??= start();
		const server = await starting;
		if (!('reason' in server)) return server;
		context.skip(`no versitygw: ${server.reason}`);
		return undefined;
	}

	test('keys of every kind are signed right: list, head, fetch, presign', async (context) => {
		const server = await strict(context);
		if (!server) return;
		const source = sources.source(server.connection);
		for (const key of KEYS) await server.put('photos', key, `body of ${key}`);
		const keys: string[] = [];
		let startAfter: string | undefined;
		do {
			const page = await source.list('photos', { startAfter, limit: 4 });
			for (const { key, s3_path, etag } of page.objects) {
				keys.push(key);
				const { bytes, facts } = await source.fetch(s3_path);
				assert.equal(bytes.toString(), `body of ${key}`);
				assert.equal(facts.etag, etag);
				assert.equal((await source.head(s3_path))?.size, bytes.length);
				const response = await fetch(await source.presign(s3_path, 60));
				assert.equal(await response.text(), `body of ${key}`);
			}
			startAfter = page.next ?? undefined;
		} while (startAfter);
		assert.deepEqual(keys.sort(), [...KEYS].sort());
		assert.deepEqual(await source.listBuckets(), ['photos']);
	});

	test('a wrong secret is told apart from a wrong access key', async (context) => {
		const server = await strict(context);
		if (!server) return;
		const { connection } = server;
		const secret = sources.source({ ...connection, secret_access_key: 'wrong' });
		const key = sources.source({ ...connection, access_key_id: 'wrong' });
		for (const [source, message] of [
			[secret, /signature does not match/],
			[key, /does not know this access key/],
		] as const) {
			await assert.rejects(source.list('photos'), code('S3_ACCESS_DENIED', message));
			await assert.rejects(source.head('s3://photos/a b.jpg'), code('S3_ACCESS_DENIED', message));
			await assert.rejects(source.fetch('s3://photos/a b.jpg'), code('S3_ACCESS_DENIED', message));
		}
	});

	test('a presigned URL that was tampered with is worth nothing', async (context) => {
		const server = await strict(context);
		if (!server) return;
		const url = new URL(await sources.source(server.connection).presign('s3://photos/a b.jpg', 60));
		url.pathname = '/photos/a+b.jpg';
		assert.equal((await fetch(url)).status, 403);
	});

	test('a link signed for the public address is valid there', async (context) => {
		const server = await strict(context);
		if (!server) return;
		const inside = new URL(server.connection.endpoint ?? '');
		const endpoint = 'http://no-such-host.invalid:9000';
		const connection = { ...server.connection, endpoint, public_endpoint: inside.href };
		const source = sources.source(connection);
		const url = await source.presign('s3://photos/a b.jpg', 60);
		assert.equal(new URL(url).host, inside.host);
		assert.equal(await (await fetch(url)).text(), 'body of a b.jpg');
		const elsewhere = sources.source({ ...server.connection, public_endpoint: endpoint });
		const foreign = new URL(await elsewhere.presign('s3://photos/a b.jpg', 60));
		// The host is signed: the same link at another one is worth nothing.
		foreign.host = inside.host;
		assert.equal((await fetch(foreign)).status, 403);
	});

	test('a missing object and a missing bucket are not the same', async (context) => {
		const server = await strict(context);
		if (!server) return;
		const source = sources.source(server.connection);
		assert.equal(await source.head('s3://photos/none.jpg'), undefined);
		await assert.rejects(source.head('s3://nobucket/none.jpg'), code('BUCKET_NOT_FOUND'));
		await assert.rejects(source.list('nobucket'), code('BUCKET_NOT_FOUND'));
		await assert.rejects(source.fetch('s3://photos/none.jpg'), code('OBJECT_NOT_FOUND'));
	});

	test('the right region is found when none, or "auto", is given', async (context) => {
		const server = await strict(context);
		if (!server) return;
		const source = sources.source({ ...server.connection, region: 'auto' });
		assert.ok((await source.list('photos')).objects.length > 0);
		const wrong = sources.source({ ...server.connection, region: 'mars-1' });
		await assert.rejects(wrong.list('photos'), code('S3_ACCESS_DENIED', /region/));
	});

	after(async () => {
		sources.close();
		const server = await starting?.catch(() => undefined);
		if (server && 'close' in server) await server.close();
	});
});
