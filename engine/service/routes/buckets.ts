import { asEngineError } from '../../errors';
import { signalOf, type App } from '../app';
import {
	HeadObjectsRequest,
	HeadObjectsResponse,
	ListBucketsRequest,
	ListBucketsResponse,
	ListObjectsRequest,
	ListObjectsResponse,
	PollWatchRequest,
	PollWatchResponse,
	type ErrorItem,
} from '../contract';
import type { Engine } from '../engine';

/** HEAD requests at once. */
const HEADS_AHEAD = 8;

export function bucketRoutes(app: App, { sources, watches }: Engine): void {
	app.post(
		'/buckets',
		{ schema: { body: ListBucketsRequest, response: { 200: ListBucketsResponse } } },
		async (request, reply) => ({
			buckets: await sources.source(request.body.s3).listBuckets(signalOf(reply)),
		}),
	);

	app.post(
		'/buckets/objects',
		{ schema: { body: ListObjectsRequest, response: { 200: ListObjectsResponse } } },
		(request, reply) => {
			const { s3, bucket, prefix, start_after, limit, images_only } = request.body;
			return sources
				.source(s3)
				.list(
					bucket,
					{ prefix, startAfter: start_after, limit, imagesOnly: images_only ?? true },
					signalOf(reply),
				);
		},
	);

	app.post(
		'/buckets/head',
		{ schema: { body: HeadObjectsRequest, response: { 200: HeadObjectsResponse } } },
		async (request, reply): Promise<HeadObjectsResponse> => {
			const source = sources.source(request.body.s3);
			const signal = signalOf(reply);
			const objects: HeadObjectsResponse['objects'] = request.body.paths.map(() => null);
			const errors: ErrorItem[] = [];
			const queue = request.body.paths.entries();
			const lane = async () => {
				for (const [index, path] of queue) {
					try {
						objects[index] = (await source.head(path, signal)) ?? null;
					} catch (error) {
						signal.throwIfAborted();
						const { code, message } = asEngineError(error);
						errors.push({ index, image_path: path, code, message });
					}
				}
			};
			await Promise.all(Array.from({ length: HEADS_AHEAD }, lane));
			return { objects, errors: errors.sort((a, b) => a.index - b.index) };
		},
	);

	app.post(
		'/watches/poll',
		{ schema: { body: PollWatchRequest, response: { 200: PollWatchResponse } } },
		(request, reply) =>
			watches.poll(request.body, sources.source(request.body.s3), signalOf(reply)),
	);
}
