import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { after, afterEach, before, describe, test } from 'node:test';

import { EngineError } from '../../engine/errors';
import type { PhotoSource } from '../../engine/ingest/photo-source';
import { createPhotoSources } from '../../engine/ingest/s3-source';
import type { S3Connection } from '../../engine/service/contract';
import { startS3Server, type S3TestServer } from '../harness/s3-server';

const code = (expected: string, message?: RegExp) => (error: unknown) => {
	assert.ok(error instanceof EngineError, String(error));
	assert.equal(error.code, expected, error.message);
	if (message) assert.match(error.message, message);
	return true;
};
const SECRET = 'very-secret-key';
const sources = createPhotoSources({ maxBytes: 100_000 });
/** For servers that never answer; a good one may be slower than this on a busy machine. */
const timeouts = { connectMs: 300, headersMs: 300, callMs: 4_000, stallMs: 300, bodyMs: 1_200 };
const hasty = createPhotoSources({ timeouts, maxBytes: 100_000 });
after(() => {
	sources.close();
	hasty.close();
});

describe('S3 source', () => {
	let server: S3TestServer;
	let source: PhotoSource;
	const WEIRD = [
		'a b.jpg',
		'a+b.jpg',
		'100%.jpg',
		'a%20b.jpg',
		'q?x#y.jpg',
		'ünï/日本 😀.jpg',
		"it's(1)!*.jpg",
		'&<x>.jpg',
		'dir/',
	];

	before(async () => {
		server = await startS3Server(['photos', 'many']);
		source = sources.source(server.connection);
		for (const key of WEIRD) await server.put('photos', key, `body of ${key}`);
	});
	after(() => server.close());

	test('weird keys survive listing, reading, asking and presigning', async () => {
		const { objects, next } = await source.list('photos');
		assert.equal(next, null);
		assert.deepEqual(objects.map(({ key }) => key).sort(), [...WEIRD].sort());
		for (const { s3_path, key, etag, size } of objects) {
			const { bytes, facts } = await source.fetch(s3_path);
			assert.equal(bytes.toString(), `body of ${key}`);
			assert.deepEqual([facts.s3_path, facts.etag, facts.size], [s3_path, etag, size]);
			assert.equal((await source.head(s3_path))?.etag, etag);
			const url = await source.presign(s3_path, 60);
			assert.equal(await (await fetch(url)).text(), `body of ${key}`, key);
		}
	});

	test('a listing is paged by StartAfter and misses no key', async () => {
		for (let i = 0; i < 25; i++) await server.put('many', `p/${i}${i % 5 ? '.jpg' : '.txt'}`, 'x');
		const keys: string[] = [];
		let startAfter: string | undefined;
		do {
			const page = await source.list('many', {
				prefix: 'p/',
				startAfter,
				limit: 4,
				imagesOnly: true,
			});
			keys.push(...page.objects.map(({ key }) => key));
			startAfter = page.next ?? undefined;
		} while (startAfter);
		assert.equal(new Set(keys).size, 20);
		assert.equal(keys.length, 20);
	});

	test('buckets are listed', async () => {
		assert.deepEqual((await source.listBuckets()).sort(), ['many', 'photos']);
	});

	test('the uploader’s words come along, whatever their encoding', async () => {
		await server.put('photos', 'meta.jpg', 'x', {
			title: encodeURIComponent('Café am Meer'),
			description: '=?UTF-8?B?R3LDvMOfZQ==?= =?UTF-8?Q?_aus_K=C3=B6ln?=',
			tags: 'sea, Sea,  beach ,,',
			people: 'Pat,Jack',
			other: '100% cotton',
		});
		const { facts } = await source.fetch('s3://photos/meta.jpg');
		assert.deepEqual(
			[facts.title, facts.description, facts.tags, facts.people],
			['Café am Meer', 'Grüße aus Köln', ['sea', 'beach'], ['Pat', 'Jack']],
		);
		await server.delete('photos', 'meta.jpg');
	});

	test('a missing object is no object; a missing bucket is an error, also when only asked for', async () => {
		assert.equal(await source.head('s3://photos/none.jpg'), undefined);
		await assert.rejects(
			source.fetch('s3://photos/none.jpg'),
			code('OBJECT_NOT_FOUND', /none\.jpg/),
		);
		for (const call of [
			() => source.head('s3://nobucket/a.jpg'),
			() => source.fetch('s3://nobucket/a.jpg'),
			() => source.list('nobucket'),
		]) {
			await assert.rejects(call(), code('BUCKET_NOT_FOUND', /"nobucket"/));
		}
	});

	test('an unknown access key is told apart, without the secret', async () => {
		const wrong = sources.source({
			...server.connection,
			access_key_id: 'WRONG',
			secret_access_key: SECRET,
		});
		for (const call of [() => wrong.list('photos'), () => wrong.head('s3://photos/a b.jpg')]) {
			await assert.rejects(call(), (error: EngineError) => {
				code('S3_ACCESS_DENIED', /does not know this access key/)(error);
				assert.ok(!JSON.stringify(error).includes(SECRET));
				assert.equal(error.cause, undefined);
				return true;
			});
		}
	});

	test('an object over the cap is refused before it is read', async () => {
		await server.put('photos', 'big.jpg', Buffer.alloc(100_001));
		await assert.rejects(source.fetch('s3://photos/big.jpg'), code('IMAGE_TOO_LARGE'));
		await server.delete('photos', 'big.jpg');
	});

	test('climbing keys, odd buckets and long validity are refused here, not at the server', async () => {
		await assert.rejects(source.fetch('s3://photos/../x'), code('BAD_KEY'));
		await assert.rejects(source.list('photos/../x'), code('BAD_KEY'));
		await assert.rejects(source.presign('s3://photos/a.jpg', 604_801), code('BAD_REQUEST'));
		await assert.rejects(source.presign('s3://photos/a.jpg', 0.5), code('BAD_REQUEST'));
	});

	test('presigned links lead to the public address, everything else to the endpoint', async () => {
		const { port } = new URL(server.url);
		const public_endpoint = `http://localhost:${port}`;
		const both = sources.source({ ...server.connection, public_endpoint });
		assert.notEqual(both, source);
		const url = new URL(await both.presign('s3://photos/a b.jpg', 60));
		assert.equal(url.host, `localhost:${port}`);
		assert.equal(url.searchParams.get('X-Amz-SignedHeaders'), 'host');
		assert.equal(await (await fetch(url)).text(), 'body of a b.jpg');
		// Nobody answers at the endpoint: signing asks nobody.
		const endpoint = 'http://no-such-host.invalid:9000';
		const apart = sources.source({ ...server.connection, endpoint, public_endpoint });
		const link = await apart.presign('s3://photos/a b.jpg', 60);
		assert.equal(await (await fetch(link)).text(), 'body of a b.jpg');
		await assert.rejects(apart.fetch('s3://photos/a b.jpg'), code('S3_UNREACHABLE'));
		const blank = sources.source({ ...server.connection, public_endpoint: ' ' });
		assert.equal(new URL(await blank.presign('s3://photos/a.jpg', 60)).hostname, '127.0.0.1');
	});

	test('a public address that is none is said at once', () => {
		for (const public_endpoint of ['ftp://example.com', 'https://user:pw@example.com']) {
			assert.throws(
				() => sources.source({ ...server.connection, public_endpoint }),
				code('BAD_REQUEST', /public endpoint/),
			);
		}
	});

	test('a cancelled call ends at once', async () => {
		const signal = AbortSignal.abort();
		await assert.rejects(source.list('photos', {}, signal), code('CANCELLED'));
	});

	test('the same connection is one client, and nine connections close none in use', async () => {
		assert.equal(sources.source({ ...server.connection }), source);
		const running = source.fetch('s3://photos/a b.jpg');
		for (let i = 0; i < 9; i++) sources.source({ ...server.connection, session_token: `t${i}` });
		assert.equal((await running).bytes.toString(), 'body of a b.jpg');
		assert.equal((await source.fetch('s3://photos/a b.jpg')).bytes.toString(), 'body of a b.jpg');
	});
});

describe('S3 source and bad servers', () => {
	const closers: (() => void)[] = [];
	afterEach(() => {
		for (const close of closers.splice(0)) close();
	});

	/** A source on a server that treats every request the same bad way. */
	async function against(handler: (request: IncomingMessage, response: ServerResponse) => void) {
		const server = createServer(handler);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		closers.push(() => {
			server.closeAllConnections();
			server.close();
		});
		return hasty.source(connection(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
	}

	function connection(endpoint: string): S3Connection {
		return { endpoint, access_key_id: 'AKIA', secret_access_key: SECRET };
	}

	const xml = (name: string, extra = '') =>
		`<?xml version="1.0"?><Error><Code>${name}</Code><Message>m</Message>${extra}</Error>`;

	async function rejectsWithin(
		ms: number,
		call: Promise<unknown>,
		check: (error: unknown) => boolean,
	) {
		const started = Date.now();
		await assert.rejects(call, check);
		assert.ok(Date.now() - started < ms, `${Date.now() - started} ms`);
	}

	test('a server that accepts and never answers ends in time', async () => {
		const source = await against(() => undefined);
		await rejectsWithin(5_000, source.list('photos'), code('S3_UNREACHABLE', /in time/));
		await rejectsWithin(
			3_000,
			source.fetch('s3://photos/a.jpg'),
			code('S3_UNREACHABLE', /in time/),
		);
	});

	test('a TCP port that never speaks HTTP ends in time', async () => {
		const server = net.createServer(() => undefined);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		closers.push(() => server.close());
		const { port } = server.address() as AddressInfo;
		const source = hasty.source(connection(`http://127.0.0.1:${port}`));
		await rejectsWithin(5_000, source.list('photos'), code('S3_UNREACHABLE'));
		const tls = hasty.source(connection(`https://127.0.0.1:${port}`));
		await rejectsWithin(5_000, tls.list('photos'), code('S3_UNREACHABLE'));
	});

	test('a body that stalls, or trickles for ever, ends in time', async () => {
		const stalls = await against((_request, response) => {
			response.writeHead(200, { 'content-length': '5000' }).write('half');
		});
		await rejectsWithin(2_000, stalls.fetch('s3://photos/a.jpg'), code('S3_UNREACHABLE'));
		const trickles = await against((_request, response) => {
			response.writeHead(200, { 'content-length': '5000' });
			const timer = setInterval(() => response.write('x'), 50);
			response.on('close', () => clearInterval(timer));
		});
		await rejectsWithin(5_000, trickles.fetch('s3://photos/a.jpg'), code('S3_UNREACHABLE'));
	});

	test('a listing whose body stalls ends in time', async () => {
		const source = await against((_request, response) => {
			response
				.writeHead(200, { 'content-type': 'application/xml' })
				.write('<?xml version="1.0"?><List');
		});
		await rejectsWithin(8_000, source.list('photos'), code('S3_UNREACHABLE'));
	});

	test('a truncated body is no photo', async () => {
		const source = await against((_request, response) => {
			response.writeHead(200, { 'content-length': '5000' }).write('half', () => response.destroy());
		});
		await assert.rejects(
			source.fetch('s3://photos/a.jpg'),
			code('S3_UNREACHABLE', /before its answer was complete/),
		);
	});

	test('a body without a length is cut at the cap', async () => {
		const source = await against((_request, response) => {
			response.writeHead(200);
			const pour = () => {
				while (response.write(Buffer.alloc(16_384)));
				response.once('drain', pour);
			};
			response.on('error', () => undefined);
			pour();
		});
		await assert.rejects(source.fetch('s3://photos/a.jpg'), code('IMAGE_TOO_LARGE'));
	});

	test('each refusal names its own cure', async () => {
		const cases: [number, string, string, RegExp][] = [
			[403, xml('SignatureDoesNotMatch'), 'S3_ACCESS_DENIED', /secret access key is wrong/],
			[403, xml('InvalidAccessKeyId'), 'S3_ACCESS_DENIED', /does not know this access key/],
			[403, xml('AccessDenied'), 'S3_ACCESS_DENIED', /may list the bucket/],
			[403, xml('RequestTimeTooSkewed'), 'S3_ACCESS_DENIED', /clocks/],
			[400, xml('ExpiredToken'), 'S3_ACCESS_DENIED', /expired/],
			[404, xml('NoSuchBucket'), 'BUCKET_NOT_FOUND', /no bucket "photos"/],
			[500, xml('InternalError'), 'S3_ERROR', /status 500/],
			[503, xml('SlowDown'), 'S3_ERROR', /fewer requests/],
			[200, '<html><body>MinIO Console</body>', 'S3_ERROR', /does not answer like an S3 server/],
			[403, '<html>forbidden', 'S3_ACCESS_DENIED', /refuses access|./],
			[400, 'Client sent an HTTP request to an HTTPS server.\n', 'S3_ERROR', /./],
		];
		for (const [status, body, expected, message] of cases) {
			const source = await against((_request, response) => {
				response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
			});
			await assert.rejects(source.list('photos'), code(expected, message), body);
		}
	});

	test('a console that answers 200 with a page does not pass for an empty bucket', async () => {
		const source = await against((_request, response) => {
			response
				.writeHead(200, { 'content-type': 'text/html' })
				.end('<html><head></head><body>ok</body></html>');
		});
		await assert.rejects(
			source.list('photos'),
			code('S3_ERROR', /does not answer like an S3 server/),
		);
	});

	test('a proxy’s 404, and a 404 about something else, do not pass for a deleted photo', async () => {
		for (const [body, expected] of [
			['<html>404</html>', 'S3_ERROR'],
			['', 'S3_ERROR'],
			[xml('XAdminUserNotFound'), 'S3_ACCESS_DENIED'],
			[xml('SomethingNew'), 'S3_ERROR'],
		] as const) {
			const source = await against((_request, response) => {
				response.writeHead(404, { 'content-type': 'application/xml' }).end(body);
			});
			await assert.rejects(source.head('s3://photos/a.jpg'), code(expected), body);
		}
	});

	test('the region a server asks for is adopted when none was given', async () => {
		const regions: string[] = [];
		const source = await against((request, response) => {
			const region = /\/\d{8}\/([^/]+)\/s3/.exec(request.headers.authorization ?? '')?.[1] ?? '';
			regions.push(region);
			if (region === 'garage') {
				response
					.writeHead(200)
					.end(
						'<?xml version="1.0"?><ListBucketResult><Name>photos</Name><IsTruncated>false</IsTruncated></ListBucketResult>',
					);
				return;
			}
			response.writeHead(400).end(xml('AuthorizationHeaderMalformed', '<Region>garage</Region>'));
		});
		assert.deepEqual((await source.list('photos')).objects, []);
		assert.deepEqual(regions, ['us-east-1', 'garage']);
	});

	test('an unreachable endpoint says which part is wrong', async () => {
		const closed = net.createServer();
		await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
		const { port } = closed.address() as AddressInfo;
		await new Promise((resolve) => closed.close(resolve));
		const refused = hasty.source(connection(`http://127.0.0.1:${port}`));
		await assert.rejects(refused.list('photos'), code('S3_UNREACHABLE', /Nothing listens/));
		const unknown = hasty.source(connection('http://no-such-host.invalid'));
		await assert.rejects(unknown.list('photos'), code('S3_UNREACHABLE', /no-such-host\.invalid/));
	});

	test('a server that repeats its first page is found out', async () => {
		const source = await against((_request, response) => {
			response
				.writeHead(200)
				.end(
					'<?xml version="1.0"?><ListBucketResult><Name>photos</Name><IsTruncated>true</IsTruncated><Contents><Key>a.jpg</Key><Size>1</Size><ETag>"e"</ETag></Contents></ListBucketResult>',
				);
		});
		const { next } = await source.list('photos');
		assert.equal(next, 'a.jpg');
		await assert.rejects(
			source.list('photos', { startAfter: 'a.jpg' }),
			code('S3_ERROR', /repeats/),
		);
	});
});
