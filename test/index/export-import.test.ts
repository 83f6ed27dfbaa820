import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, it, type TestContext } from 'node:test';
import { exportIndex } from '../../engine/index/operations/export-index';
import { importIndex, type ImportReport } from '../../engine/index/operations/import-index';
import type { PhotoRecord, VectorIndex } from '../../engine/index/vector-index';
import { image, openIndex, randomNumbers, text } from './support';

/** Ids and words that broke some program once. */
const HOSTILE = [
	'a/b c+d%20&e=?#.jpg',
	'"quoted" \\back\\slash\\n',
	"'; DROP TABLE photos; --",
	'line\nbreak\r\n\ttab\u2028\u2029\u0085',
	'\u0001\u001f\u007f\u200b\ufeffBOM',
	'👩‍👩‍👧 Zürich Zu\u0308rich 日本語 עברית',
	'__proto__',
	'{"end":{"photos":0}}',
	'x'.repeat(1024),
	'😀'.repeat(512),
];

async function exported(index: VectorIndex): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of exportIndex(index)) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** The bytes in pieces that respect no line and no character. */
async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function imported(
	index: VectorIndex,
	lines: Buffer | string | object[],
	size = 1000,
): Promise<ImportReport> {
	const bytes = Array.isArray(lines)
		? Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'))
		: Buffer.from(lines);
	return importIndex(index, inPieces(bytes, size));
}

/** Photos of every kind, in two image generations of which the second is half built, and more. */
async function fill(index: VectorIndex): Promise<void> {
	const random = randomNumbers(7);
	const vector = (dimension: number) => Array.from({ length: dimension }, () => random() - 0.5);
	await index.upsert(
		HOSTILE.map((id) => ({
			id,
			title: id,
			description: id,
			tags: [id.slice(0, 900), 'tag'],
			people: [id.slice(0, 900)],
			metadata: { [id]: [id, { deep: null }, 1e-300, true], ['__proto__']: { own: 1 } },
			image: image(...vector(3)),
			text: text(...vector(4)),
		})),
	);
	await index.upsert([
		{ id: 'nothing but an id' },
		{ id: 'words without a vector', title: 'a title' },
		{
			id: 'every fact',
			s3_path: 's3://bucket/folder/ä.jpg',
			etag: '"abc-1"',
			size: 123456789012,
			width: 4000,
			height: 3000,
			title: 'Title',
			description: 'Description',
			tags: [],
			people: [],
			taken_at: '2019-07-01T12:00:00+02:00',
			lat: -33.86,
			lon: 151.2,
			metadata: { camera: 'X', n: 0.1 },
		},
	]);
	const begin = (model: string, dimension: number) =>
		index.beginGeneration('image', { model, dimension, activateWhenComplete: false });
	await begin('old@1', 2);
	await begin('new@2', 5);
	for (const [i, id] of HOSTILE.entries()) {
		await index.upsert([{ id, image: { vector: Float32Array.from(vector(2)), model: 'old@1' } }]);
		if (i % 2 === 0) continue;
		await index.upsert([{ id, image: { vector: Float32Array.from(vector(5)), model: 'new@2' } }]);
	}
	await index.activateGeneration('image', 'old@1');
	await index.activateGeneration('image', 'vision@1');
	await index.upsert([
		{
			id: 'only of the new model',
			image: { vector: Float32Array.from(vector(5)), model: 'new@2' },
		},
	]);
}

describe('an export', () => {
	it('imported elsewhere and exported again is the same, to the last byte', async (t) => {
		const { index } = await openIndex(t);
		await fill(index);
		const first = await exported(index);
		const { index: copy } = await openIndex(t);
		const report = await imported(copy, first, 7);
		assert.deepEqual(
			{ ...report, errors: report.errors.slice(0, 3) },
			{
				created: HOSTILE.length + 4,
				updated: 0,
				failed: 0,
				errors: [],
				problem: null,
				hints: [],
			},
		);
		assert.equal((await exported(copy)).toString(), first.toString());
		const states = (await copy.generations()).map(({ kind, model, state }) => [kind, model, state]);
		assert.deepEqual(states.sort(), [
			['image', 'new@2', 'building'],
			['image', 'old@1', 'retired'],
			['image', 'vision@1', 'active'],
			['text', 'words@1', 'active'],
		]);
		assert.deepEqual((await copy.verify()).findings, []);
	});

	it('imported twice changes nothing the second time', async (t) => {
		const { index } = await openIndex(t);
		await fill(index);
		const first = await exported(index);
		const report = await imported(index, first);
		assert.equal(report.updated, HOSTILE.length + 4);
		assert.equal(report.created + report.failed, 0);
		assert.equal((await exported(index)).toString(), first.toString());
	});

	it('says in its first line what is in it, and in its last how to know that it is whole', async (t) => {
		const { index } = await openIndex(t);
		await fill(index);
		const bytes = await exported(index);
		const lines = bytes.toString().trimEnd().split('\n');
		const header = JSON.parse(lines[0]!) as Record<string, unknown>;
		assert.equal(header['format'], 'semantic-image-search/export');
		assert.equal(header['version'], 1);
		assert.equal(header['index'], 'photos');
		assert.equal(header['photos'], HOSTILE.length + 4);
		assert.deepEqual((header['generations'] as object[])[0], {
			kind: 'image',
			model: 'vision@1',
			dimension: 3,
			state: 'active',
			vectors: HOSTILE.length,
		});
		const before = bytes.subarray(0, bytes.lastIndexOf('\n', bytes.length - 2) + 1);
		assert.deepEqual(JSON.parse(lines.at(-1)!), {
			end: {
				photos: lines.length - 2,
				sha256: createHash('sha256').update(before).digest('hex'),
			},
		});
	});

	it('of an empty index is an empty index', async (t) => {
		const { index } = await openIndex(t);
		const bytes = await exported(index);
		const { index: copy } = await openIndex(t);
		const report = await imported(copy, bytes);
		assert.equal(report.problem, null);
		assert.equal(await copy.count(), 0);
		assert.deepEqual(await exported(copy), bytes);
	});

	it('holds vectors to the last bit', async (t) => {
		const { index } = await openIndex(t);
		await index.upsert([{ id: 'a', image: image(0.6, -0.8, 1e-30) }]);
		const { index: copy } = await openIndex(t);
		await imported(copy, await exported(index));
		assert.deepEqual(await copy.vector('a', 'image'), await index.vector('a', 'image'));
	});

	it('holds a handful of photos in memory, however many there are', async (t) => {
		const { index } = await openIndex(t);
		let read = 0;
		const endless = Object.create(index, {
			photos: {
				value: async function* () {
					const photo = { id: 'a', tags: [], people: [], metadata: { long: 'x'.repeat(100_000) } };
					for (; ; read++) yield { ...photo, image_vectors: [], text_vectors: [] };
				},
			},
			name: { value: 'photos' },
			generations: { value: () => index.generations() },
			count: { value: () => index.count() },
		}) as VectorIndex;
		for await (const chunk of exportIndex(endless)) {
			assert.ok(chunk.length < 1_000_000);
			if (read > 50) break;
		}
		assert.ok(read < 60);
	});
});

describe('an import', () => {
	async function damaged(t: TestContext, damage: (bytes: Buffer) => Buffer) {
		const { index } = await openIndex(t);
		await index.upsert(
			Array.from({ length: 5 }, (_, i) => ({
				id: `photo ${i}`,
				title: 'wall',
				image: image(1, i),
			})),
		);
		const bytes = damage(await exported(index));
		const { index: copy } = await openIndex(t);
		return { report: await imported(copy, bytes), count: await copy.count() };
	}

	it('of a file that was cut off stores what is there and says so', async (t) => {
		for (const keep of [0.5, 0.7, 0.99]) {
			const { report, count } = await damaged(t, (bytes) =>
				bytes.subarray(0, Math.floor(bytes.length * keep)),
			);
			assert.equal(report.problem?.code, 'EXPORT_TRUNCATED');
			assert.match(report.problem.message, new RegExp(`after ${count} of about 5`));
			assert.ok(count > 0);
			assert.equal(report.failed, 0);
		}
		const cutAtLine = await damaged(t, (bytes) =>
			bytes.subarray(0, bytes.lastIndexOf('\n', bytes.length - 2) + 1),
		);
		assert.equal(cutAtLine.report.problem?.code, 'EXPORT_TRUNCATED');
		assert.equal(cutAtLine.count, 5);
	});

	it('notices a flipped letter, a line that is missing and one too many', async (t) => {
		const flipped = await damaged(t, (bytes) =>
			Buffer.from(bytes.toString().replace('"wall"', '"well"')),
		);
		assert.equal(flipped.report.problem?.code, 'EXPORT_CHANGED');
		assert.equal(flipped.count, 5);
		const without = await damaged(t, (bytes) =>
			Buffer.from(bytes.toString().replace(/\{"id":"photo 3".*\n/, '')),
		);
		assert.equal(without.report.problem?.code, 'EXPORT_CHANGED');
		assert.equal(without.count, 4);
		const added = await damaged(t, (bytes) =>
			Buffer.concat([bytes, Buffer.from('{"id":"late"}\n')]),
		);
		assert.equal(added.report.problem?.code, 'EXPORT_CHANGED');
	});

	it('of a newer version, or of something else, is refused before it writes', async (t) => {
		const { index } = await openIndex(t);
		await index.upsert([{ id: 'a', image: image(1, 0) }]);
		const bytes = (await exported(index)).toString();
		const { index: copy } = await openIndex(t);
		for (const [from, to, code] of [
			['"version":1', '"version":2', 'EXPORT_VERSION'],
			['semantic-image-search/export', 'something-else', 'BAD_REQUEST'],
			['"dimension":2', '"dimension":"2"', 'BAD_REQUEST'],
		] as const) {
			await assert.rejects(imported(copy, bytes.replace(from, to)), { code });
		}
		assert.equal(await copy.count(), 0);
		assert.deepEqual(await copy.generations(), []);
	});

	it('keeps the good lines and says of each bad one what is wrong with it', async (t) => {
		const { index } = await openIndex(t);
		await index.upsert([{ id: 'first', image: image(1, 0) }]);
		const lines = [
			'{"id":"good","title":"x","embedding":[1,0],"model":"vision@1"}',
			'{"id":"cut',
			'',
			'["a list"]',
			'{"title":"no id"}',
			'{"id":"misspelt","titel":"x"}',
			'{"id":"short","embedding":[1],"model":"vision@1"}',
			'{"id":"text","embedding":["a",1],"model":"vision@1"}',
			'{"id":"zero","embedding":[0,0],"model":"vision@1"}',
			'{"id":"foreign","embedding":[1,0],"model":"other@1"}',
			'{"id":"no model","embedding":[1,0]}',
			'{"id":"odd","embedding":"AAA=","model":"vision@1"}',
			'{"id":"list","image_vectors":{}}',
			'{"id":"tags","tags":"not a list"}',
			`{"id":"${'x'.repeat(1025)}"}`,
			'{"id":""}',
			'{"id":5}',
			'null',
			'also good: {"id":"x"}',
			'{"s3_path":"s3://bucket/also good.jpg","title":null}',
			'{"id":"last, without a line break","image_vectors":[{"model":"vision@1","vector":[0,1]}]}',
		];
		const report = await imported(index, lines.join('\n'), 3);
		assert.deepEqual([report.created, report.failed], [3, 17]);
		assert.deepEqual(
			report.errors.map(({ line, code }) => [line, code]),
			[
				[2, 'BAD_REQUEST'],
				[4, 'BAD_REQUEST'],
				[5, 'BAD_REQUEST'],
				[6, 'BAD_REQUEST'],
				[7, 'VECTOR_LENGTH'],
				[8, 'BAD_VECTOR'],
				[9, 'BAD_VECTOR'],
				[10, 'MODEL_MISMATCH'],
				[11, 'BAD_REQUEST'],
				[12, 'BAD_VECTOR'],
				[13, 'BAD_REQUEST'],
				[14, 'BAD_REQUEST'],
				[15, 'BAD_REQUEST'],
				[16, 'BAD_REQUEST'],
				[17, 'BAD_REQUEST'],
				[18, 'BAD_REQUEST'],
				[19, 'BAD_REQUEST'],
			],
		);
		assert.equal(report.problem, null);
		assert.deepEqual(await index.ids({}), [
			'bucket/also good.jpg',
			'first',
			'good',
			'last, without a line break',
		]);
	});

	it('changes of a photo only what a line written by hand names', async (t) => {
		const { index } = await openIndex(t);
		await index.upsert([
			{ id: 'a', title: 'old', tags: ['kept'], etag: 'e', image: image(1, 0), text: text(0, 1) },
		]);
		await imported(index, [{ id: 'a', etag: null, text_embedding: [1, 0], text_model: 'words@1' }]);
		const photo = await index.get('a');
		assert.deepEqual([photo?.title, photo?.tags, photo?.etag], ['old', ['kept'], undefined]);
		assert.deepEqual(await index.vector('a', 'image'), image(1, 0));
		assert.deepEqual(await index.vector('a', 'text'), text(1, 0));
	});

	it('makes a photo what the export says, and clears what that does not have', async (t) => {
		const { index } = await openIndex(t);
		await index.upsert([{ id: 'a', title: 'title' }]);
		const bytes = await exported(index);
		await index.upsert([{ id: 'a', etag: 'later', tags: ['later'], image: image(1, 0) }]);
		await imported(index, bytes);
		const photo = await index.get('a');
		assert.deepEqual([photo?.etag, photo?.tags], [undefined, []]);
		assert.equal(await index.vector('a', 'image'), undefined);
	});

	it('lets the last line of an id count, as if each had been a call', async (t) => {
		const { index } = await openIndex(t);
		const report = await imported(index, [
			{ id: 'a', title: 'first', etag: '1' },
			{ id: 'b' },
			{ id: 'a', title: 'second' },
		]);
		assert.deepEqual([report.created, report.updated, report.failed], [2, 1, 0]);
		const photo = await index.get('a');
		assert.deepEqual([photo?.title, photo?.etag], ['second', '1']);
	});

	it('into an index of another model builds beside it what searches do not see', async (t) => {
		const { index } = await openIndex(t);
		await index.upsert([
			{ id: 'a', image: { vector: Float32Array.of(1, 0, 0), model: 'other@1' } },
		]);
		const bytes = await exported(index);
		const { index: mine } = await openIndex(t);
		await mine.upsert([{ id: 'mine', image: image(1, 0) }]);
		const report = await imported(mine, bytes);
		assert.equal(mine.model('image'), 'vision@1');
		assert.match(report.hints.join(), /other@1.*until they are activated/);
		assert.equal(await mine.count(), 2);
		await mine.activateGeneration('image', 'other@1', { incomplete: true });
		assert.ok(await mine.vector('a', 'image'));
	});

	it('of vectors that cannot be the same model’s is refused before it writes', async (t) => {
		const { index } = await openIndex(t);
		await index.upsert([{ id: 'a', image: image(1, 0, 0) }]);
		const { index: mine } = await openIndex(t);
		await mine.upsert([{ id: 'mine', image: image(1, 0) }]);
		await assert.rejects(imported(mine, await exported(index)), { code: 'VECTOR_LENGTH' });
		assert.equal(await mine.count(), 1);
	});

	it('of a file without line breaks does not fill the memory', async (t) => {
		const { index } = await openIndex(t);
		let read = 0;
		async function* noise() {
			const chunk = Buffer.alloc(1024 * 1024, 'x');
			for (; read < 100; read++) yield chunk;
			yield Buffer.from('\n{"id":"after"}\n');
		}
		const before = process.memoryUsage.rss();
		const report = await importIndex(index, noise());
		assert.ok(process.memoryUsage.rss() - before < 80e6);
		assert.match(report.errors[0]!.message, /longer than 16 MB/);
		assert.deepEqual([report.created, report.failed], [1, 1]);
	});

	it('of photos with large metadata holds a few of them at a time', async (t) => {
		const { index } = await openIndex(t);
		const sizes: number[] = [];
		const counting = new Proxy(index, {
			get(target, key) {
				const value = Reflect.get(target, key) as unknown;
				if (key !== 'upsert')
					return typeof value === 'function' ? (value.bind(target) as unknown) : value;
				return (photos: PhotoRecord[]) => {
					sizes.push(photos.length);
					return target.upsert(photos);
				};
			},
		});
		function* lines() {
			for (let i = 0; i < 30; i++)
				yield Buffer.from(`{"id":"${i}","metadata":{"long":"${'x'.repeat(1_000_000)}"}}\n`);
		}
		const report = await importIndex(counting, Readable.from(lines()));
		assert.equal(report.created, 30);
		assert.ok(Math.max(...sizes) <= 9, sizes.join());
	});

	it('that ends early leaves whole photos, and the same call brings the rest', async (t) => {
		const { index } = await openIndex(t);
		const lines = Array.from({ length: 1000 }, (_, i) => ({ id: `photo ${i}`, title: 'x' }));
		const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
		async function* broken() {
			yield bytes.subarray(0, 20_000);
			throw new Error('the line went dead');
		}
		await assert.rejects(importIndex(index, broken()), /went dead/);
		const stored = await index.count();
		assert.ok(stored > 0 && stored < 1000);
		assert.deepEqual((await index.verify()).findings, []);
		const report = await imported(index, bytes);
		assert.deepEqual([report.created, report.updated], [1000 - stored, stored]);
	});

	it('stops when nobody waits for it, and tells how far it came when the index cannot go on', async (t) => {
		const { index } = await openIndex(t);
		await assert.rejects(
			importIndex(index, inPieces(Buffer.from('{"id":"a"}\n'), 100), AbortSignal.abort()),
			{ name: 'AbortError' },
		);
		const lines = Array.from({ length: 600 }, (_, i) => ({ id: `photo ${i}` }));
		let calls = 0;
		const failing = new Proxy(index, {
			get(target, key) {
				if (key === 'upsert' && ++calls > 1) return async () => Promise.reject(new Error('disk'));
				const value = Reflect.get(target, key) as unknown;
				return typeof value === 'function' ? (value.bind(target) as unknown) : value;
			},
		});
		await assert.rejects(
			imported(failing, lines),
			(error: { details: object; message: string }) => {
				assert.deepEqual(error.details, { created: 256, updated: 0 });
				assert.match(error.message, /256 photos of the file are stored/);
				return true;
			},
		);
		assert.equal(await index.count(), 256);
	});

	it('lists the first hundred errors of a million, and counts them all', async (t) => {
		const { index } = await openIndex(t);
		const report = await imported(index, 'bad\n'.repeat(1000));
		assert.deepEqual([report.failed, report.errors.length], [1000, 100]);
	});
});
