import { asEngineError } from '../../errors';
import { photoId } from '../../ingest/s3-path';
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
	type WatchChange,
} from '../contract';
import type { Engine } from '../engine';

/** HEAD requests at once. */
const HEADS_AHEAD = 8;

export function bucketRoutes(app: App, engine: Engine): void {
	const { sources, watches } = engine;
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
		async (request, reply) => {
			const { body } = request;
			const answer = await watches.poll(body, sources.source(body.s3), signalOf(reply));
			if (!body.index) return answer;
			return { ...answer, changes: await withoutIndexed(engine, body.index, answer.changes) };
		},
	);
}

/** What an event or a sync has indexed meanwhile needs no second embedding. */
async function withoutIndexed(
	{ indexes }: Engine,
	name: string,
	changes: WatchChange[],
): Promise<WatchChange[]> {
	if (!(await indexes.list()).includes(name)) return changes;
	const index = await indexes.open(name, { create: false });
	const photos = await index.getMany(changes.map(({ bucket, key }) => photoId(bucket, key)));
	return changes.filter(({ event, bucket, key, etag }) => {
		const photo = photos.get(photoId(bucket, key));
		const current = photo?.has_image_vector && photo.etag === etag && etag !== '';
		return event === 'removed' || !current;
	});
}
