import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import S3rver from '@20minutes/s3rver';

import type { S3Connection } from '../../engine/service/contract';
import { pageListings } from './s3-listing';

/** A lax S3 server of its own folder and port: it checks the access key, but not the signature. */
export interface S3TestServer {
	connection: S3Connection;
	/** `http://127.0.0.1:PORT` */
	url: string;
	put(
		bucket: string,
		key: string,
		body: Uint8Array | string,
		metadata?: Record<string, string>,
	): Promise<void>;
	delete(bucket: string, key: string): Promise<void>;
	/** AWS-shaped notification bodies, one per change. Returns the unsubscriber. */
	onEvent(listener: (event: unknown) => void): () => void;
	close(): Promise<void>;
}

/** s3rver's one built-in account. */
const ACCESS_KEY = 'S3RVER';

/**
 * Starts @20minutes/s3rver on a free loopback port with these buckets. Signatures are not checked
 * (its check disagrees with the SDK's streaming uploads); `strict-s3.test.ts` covers them.
 */
export async function startS3Server(buckets: string[] = ['photos']): Promise<S3TestServer> {
	const directory = await mkdtemp(path.join(tmpdir(), 's3-test-'));
	const server = new S3rver({
		address: '127.0.0.1',
		port: 0,
		directory,
		silent: true,
		allowMismatchedSignatures: true,
		vhostBuckets: false,
		configureBuckets: buckets.map((name) => ({ name, configs: [] })),
	});
	pageListings(server);
	const { port } = (await server.run()) as AddressInfo;
	const url = `http://127.0.0.1:${port}`;
	const connection: S3Connection = {
		endpoint: url,
		access_key_id: ACCESS_KEY,
		secret_access_key: ACCESS_KEY,
	};
	const client = createTestClient(connection);
	return {
		connection,
		url,
		async put(bucket, key, body, metadata) {
			await client.send(
				new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: metadata }),
			);
		},
		async delete(bucket, key) {
			await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
		},
		onEvent(listener) {
			server.on('event', listener);
			return () => server.off('event', listener);
		},
		async close() {
			client.destroy();
			server.httpServer?.closeAllConnections();
			await server.close();
			await rm(directory, { recursive: true, force: true });
		},
	};
}

/** A writing client for tests; the engine itself never writes to a bucket. */
export function createTestClient(connection: S3Connection): S3Client {
	return new S3Client({
		endpoint: connection.endpoint,
		region: connection.region ?? 'us-east-1',
		forcePathStyle: true,
		credentials: {
			accessKeyId: connection.access_key_id,
			secretAccessKey: connection.secret_access_key,
		},
		requestChecksumCalculation: 'WHEN_REQUIRED',
		responseChecksumValidation: 'WHEN_REQUIRED',
	});
}
