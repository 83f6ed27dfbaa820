import {
	DeleteObjectCommand,
	ListObjectsV2Command,
	PutObjectCommand,
	S3Client,
} from '@aws-sdk/client-s3';
import { join } from 'node:path';
import { Child } from './child';
import { freePort } from './free-port';
import { until } from './until';

/** Access key and secret, the only account that the server knows. */
export const S3_KEY = 'S3RVER';

/** A bucket notification as S3 sends it. */
export interface BucketNotification {
	Records: {
		eventName: string;
		s3: { bucket: { name: string }; object: { key: string; size?: number; eTag?: string } };
	}[];
}

export interface S3StorageOptions {
	/** Objects are kept in there between starts. */
	folder: string;
	/** Wanted port; the next free one is taken if it is in use. */
	port?: number;
	buckets: string[];
}

/** An S3 server in a process of its own, and a client for it. */
export class S3Storage {
	private readonly listeners = new Set<(event: BucketNotification) => void>();
	private readonly client: S3Client;

	private constructor(
		private readonly child: Child,
		readonly endpoint: string,
	) {
		this.client = new S3Client({
			endpoint,
			region: 'us-east-1',
			forcePathStyle: true,
			credentials: { accessKeyId: S3_KEY, secretAccessKey: S3_KEY },
			requestChecksumCalculation: 'WHEN_REQUIRED',
			responseChecksumValidation: 'WHEN_REQUIRED',
		});
	}

	static async start(options: S3StorageOptions): Promise<S3Storage> {
		const port = await freePort(options.port);
		const child = Child.start({
			name: 'the S3 server',
			command: process.execPath,
			args: [
				'--require',
				require.resolve('./orphan-guard'),
				require.resolve('./s3-process'),
				options.folder,
				String(port),
				...options.buckets,
			],
			log: join(options.folder, '..', 's3.log'),
		});
		const storage = new S3Storage(child, `http://127.0.0.1:${port}`);
		let ready = false;
		child.process.on('message', (message: { ready?: true; event?: BucketNotification }) => {
			ready ||= message.ready === true;
			if (message.event) for (const listener of storage.listeners) listener(message.event);
		});
		await until('the S3 server becoming ready', () => {
			child.assertRunning();
			return ready;
		});
		return storage;
	}

	/** Calls the listener with every event from now on; the answer ends that. */
	onEvent(listener: (event: BucketNotification) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	async put(bucket: string, key: string, body: Buffer, contentType = 'image/jpeg'): Promise<void> {
		await this.client.send(
			new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType }),
		);
	}

	async delete(bucket: string, key: string): Promise<void> {
		await this.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
	}

	/** All keys with their sizes. */
	async list(bucket: string): Promise<Map<string, number>> {
		const found = new Map<string, number>();
		let after: string | undefined;
		do {
			const page = await this.client.send(
				new ListObjectsV2Command({ Bucket: bucket, StartAfter: after }),
			);
			for (const { Key, Size } of page.Contents ?? []) found.set(Key ?? '', Size ?? 0);
			after = page.IsTruncated ? page.Contents?.at(-1)?.Key : undefined;
		} while (after);
		return found;
	}

	async stop(): Promise<void> {
		this.client.destroy();
		await this.child.stop();
	}
}
