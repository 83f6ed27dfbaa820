import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { CreateBucketCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

import type { S3Connection } from '../../engine/service/contract';
import { createTestClient } from './s3-server';

const VERSION = 'v1.7.0';
const MODULE = `github.com/versity/versitygw/cmd/versitygw@${VERSION}`;
/** About five minutes on two busy cores, once. */
const BUILD_TIMEOUT_MS = 560_000;

export interface StrictS3Server {
	connection: S3Connection;
	/** With full rights. */
	client: S3Client;
	put(bucket: string, key: string, body: string): Promise<void>;
	close(): Promise<void>;
}

/**
 * The path of a versitygw binary, built with Go on first use and kept in the cache folder, or the
 * reason why there is none.
 */
export async function findVersitygw(): Promise<{ binary: string } | { reason: string }> {
	const cache = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
	const folder = path.join(cache, `versitygw-${VERSION.slice(1)}`);
	const binary = path.join(folder, 'versitygw');
	if (existsSync(binary)) return { binary };
	const run = promisify(execFile);
	try {
		await mkdir(folder, { recursive: true });
		await run('go', ['install', MODULE], {
			env: { ...process.env, GOBIN: folder },
			timeout: BUILD_TIMEOUT_MS,
		});
		return { binary };
	} catch (error) {
		const { code, message } = error as { code?: unknown; message: string };
		return { reason: code === 'ENOENT' ? 'Go is not installed' : message.split('\n')[0]! };
	}
}

/** Starts versitygw on a folder of its own: unlike s3rver it checks every signature. */
export async function startStrictS3Server(
	binary: string,
	buckets: string[],
): Promise<StrictS3Server> {
	const directory = await mkdtemp(path.join(tmpdir(), 's3-strict-'));
	const [data, sidecar] = [path.join(directory, 'data'), path.join(directory, 'meta')];
	await mkdir(data);
	await mkdir(sidecar);
	const port = await freePort();
	const connection = {
		endpoint: `http://127.0.0.1:${port}`,
		access_key_id: 'strict-user',
		secret_access_key: 'strict/secret+key',
	};
	// Extended attributes do not exist on every file system; files beside the data do.
	const args = ['--port', `127.0.0.1:${port}`, '--quiet', 'posix', '--sidecar', sidecar, data];
	const child = spawn(binary, args, {
		stdio: 'ignore',
		env: {
			...process.env,
			ROOT_ACCESS_KEY: connection.access_key_id,
			ROOT_SECRET_KEY: connection.secret_access_key,
		},
	});
	const client = createTestClient(connection);
	const close = async () => {
		client.destroy();
		child.kill();
		await rm(directory, { recursive: true, force: true });
	};
	try {
		await answers(connection.endpoint);
		for (const bucket of buckets) await client.send(new CreateBucketCommand({ Bucket: bucket }));
	} catch (error) {
		await close();
		throw error;
	}
	return {
		connection,
		client,
		async put(bucket, key, body) {
			await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
		},
		close,
	};
}

async function answers(url: string): Promise<void> {
	for (let attempt = 0; attempt < 100; attempt++) {
		try {
			await (await fetch(url)).text();
			return;
		} catch {
			await sleep(100);
		}
	}
	throw new Error('versitygw did not start');
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
