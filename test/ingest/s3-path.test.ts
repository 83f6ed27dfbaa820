import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { EngineError } from '../../engine/errors';
import { resolveTarget } from '../../engine/ingest/s3-connection';
import { formatS3Path, isPhotoKey, parseS3Path, photoIdOf } from '../../engine/ingest/s3-path';

const code = (expected: string) => (error: unknown) =>
	error instanceof EngineError && error.code === expected;

describe('S3 paths', () => {
	test('keys are raw: nothing in them is decoded or cut off', () => {
		for (const key of [
			'a b.jpg',
			'a+b%20.jpg',
			'q?x#y.jpg',
			'ü/日本/😀.jpg',
			'/lead',
			'dir/',
			'a//b',
			'...jpg',
			'a../b',
		]) {
			const path = formatS3Path('photos', key);
			assert.deepEqual(parseS3Path(path), { bucket: 'photos', key });
			assert.equal(photoIdOf(path), `photos/${key}`);
		}
	});

	test('a key cannot climb out of its bucket', () => {
		for (const key of [
			'../secret/x.jpg',
			'a/../../b.jpg',
			'a/..',
			'./x.jpg',
			'a\u0000.jpg',
			'a\n.jpg',
			'\ud800',
			'x'.repeat(1025),
		]) {
			assert.throws(() => parseS3Path(`s3://photos/${key}`), code('BAD_KEY'), key);
		}
	});

	test('what is no S3 path says so', () => {
		for (const path of [
			'',
			'photos/a.jpg',
			's3:/photos/a',
			's3://',
			's3://photos',
			's3://photos/',
			's3:///a',
			'https://x/y',
			's3://pho tos/a',
			's3://../a',
		]) {
			assert.throws(() => parseS3Path(path), code('BAD_KEY'), path);
		}
	});

	test('only photos are photos', () => {
		for (const key of [
			'a.jpg',
			'A.JPG',
			'a.jpeg',
			'a.jpe',
			'a.jfif',
			'a.png',
			'd/a.webp',
			'a.b.jpg',
		]) {
			assert.ok(isPhotoKey(key), key);
		}
		for (const key of [
			'a.txt',
			'a.jpg.xmp',
			'jpg',
			'.a.jpg',
			'd/._a.jpg',
			'@eaDir/a.jpg/x.jpg',
			'd/',
			'a.jpg/',
			'a.heic',
		]) {
			assert.equal(isPhotoKey(key), false, key);
		}
		assert.equal(isPhotoKey('a.jpg', 0), false);
	});
});

describe('S3 connections', () => {
	const keys = { access_key_id: 'a', secret_access_key: 'b' };
	const target = (endpoint?: string, region?: string) =>
		resolveTarget({ ...keys, endpoint, region });

	test('an endpoint works with and without its scheme', () => {
		assert.equal(target('https://s3.example.com/').endpoint, 'https://s3.example.com');
		assert.equal(target('s3.example.com').endpoint, 'https://s3.example.com');
		assert.equal(target(' minio:9000 ').endpoint, 'http://minio:9000');
		assert.equal(target('localhost:9000').endpoint, 'http://localhost:9000');
		assert.equal(target('192.168.1.5:9000').endpoint, 'http://192.168.1.5:9000');
		assert.equal(
			target('https://x.example/storage/v1/s3').endpoint,
			'https://x.example/storage/v1/s3',
		);
		assert.equal(target('  ').endpoint, undefined);
	});

	test('a bad endpoint is a sentence, and does not repeat what was typed', () => {
		for (const endpoint of [
			's3://bucket',
			'ftp://x',
			'https://',
			'https://key:secret@x',
			'http://x?a=secret',
			'not a host',
		]) {
			assert.throws(
				() => target(endpoint),
				(error) => code('BAD_REQUEST')(error) && !(error as Error).message.includes('secret'),
				endpoint,
			);
		}
	});

	test('the region that must be signed is read off known host names', () => {
		assert.equal(target('https://s3.eu-central-003.backblazeb2.com').region, 'eu-central-003');
		assert.equal(target('https://s3.eu-west-1.amazonaws.com', 'auto').region, 'eu-west-1');
		assert.equal(target('https://x.r2.cloudflarestorage.com').region, 'auto');
		assert.equal(target('http://minio:9000', 'auto').region, 'us-east-1');
		assert.equal(target('http://minio:9000', 'garage').region, 'garage');
		assert.equal(target().region, 'us-east-1');
	});

	test('without keys nothing is looked up anywhere else', () => {
		process.env.AWS_ACCESS_KEY_ID = 'from-environment';
		try {
			assert.throws(
				() => resolveTarget({ access_key_id: ' ', secret_access_key: 'b' }),
				code('S3_CREDENTIALS_MISSING'),
			);
		} finally {
			delete process.env.AWS_ACCESS_KEY_ID;
		}
	});
});
