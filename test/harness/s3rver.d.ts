/** The part of @20minutes/s3rver that the harness uses; the package ships no types. */
declare module '@20minutes/s3rver' {
	import type { EventEmitter } from 'node:events';
	import type { Server } from 'node:http';
	import type { AddressInfo } from 'node:net';

	interface Options {
		address?: string;
		port?: number;
		directory?: string;
		silent?: boolean;
		allowMismatchedSignatures?: boolean;
		vhostBuckets?: boolean;
		resetOnClose?: boolean;
		configureBuckets?: { name: string; configs: (string | Buffer)[] }[];
	}

	interface ListOptions {
		maxKeys?: number;
		startAfter?: string;
		prefix?: string;
		delimiter?: string;
	}

	interface ListedKey {
		Key: string;
	}

	/** The part of a Koa context that a listing touches. */
	interface Context {
		query: Record<string, string | undefined>;
		body: unknown;
	}

	class S3rver extends EventEmitter {
		constructor(options?: Options);
		httpServer?: Server;
		/** Koa's chain: log, XML, mount, virtual hosts, routes. */
		middleware: ((ctx: Context, next: () => Promise<void>) => Promise<void>)[];
		store: {
			listObjects(
				bucket: string,
				options: ListOptions,
			): Promise<{ objects: unknown[]; isTruncated: boolean }>;
		};
		run(): Promise<AddressInfo>;
		close(): Promise<void>;
	}

	export = S3rver;
}
