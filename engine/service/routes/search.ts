import { EngineError } from '../../errors';
import type { StoredVector } from '../../index/vector-index';
import { readVector } from '../../ingest/read-vector';
import { nearest } from '../../search/nearest';
import { search } from '../../search/search';
import { signalOf, type App } from '../app';
import { NearestRequest, NearestResponse, SearchRequest, SearchResponse } from '../contract';
import type { Engine } from '../engine';
import { sourceOf } from './embed';
import { IndexParams } from './indexes';
import { photoShower } from './shown-photo';

const DEFAULT_LIMIT = 10;

/** Searches under way at once: a crowd at an open webhook is told to come back, not queued up. */
const MAX_SEARCHES = 64;
const SEARCHES = new Set(['/indexes/:name/search', '/indexes/:name/nearest']);

export function searchRoutes(app: App, engine: Engine): void {
	let running = 0;
	app.addHook('onRequest', async (request, reply) => {
		if (!SEARCHES.has(request.routeOptions.url ?? '')) return;
		if (running >= MAX_SEARCHES) {
			throw new EngineError('BUSY', `${running} searches run already. Try again in a moment.`);
		}
		running++;
		reply.raw.once('close', () => running--);
	});

	app.post(
		'/indexes/:name/search',
		{ schema: { params: IndexParams, body: SearchRequest, response: { 200: SearchResponse } } },
		async (request, reply): Promise<SearchResponse> => {
			const started = performance.now();
			const signal = signalOf(reply);
			const { body } = request;
			const index = await engine.indexes.open(request.params.name, { create: false });
			if (body.ollama) {
				engine.owedTexts.remember(index.name, body.ollama);
				engine.owedTexts.kick(index.name);
			}
			const found = await search(
				index,
				{
					text: body.text,
					image: await exampleImage(engine, body, signal),
					like: body.like,
					filter: body.filter,
					limit: body.limit ?? DEFAULT_LIMIT,
					cursor: body.cursor,
					minSimilarity: body.min_similarity,
					ollama: body.ollama,
				},
				engine,
				signal,
			);
			const photos = await index.getMany(found.page.map(({ id }) => id));
			const show = photoShower(engine, body);
			const results = await Promise.all(
				found.page.flatMap(({ id, similarity, channels, scores }) => {
					const photo = photos.get(id);
					// Deleted between ranking and reading.
					if (!photo) return [];
					return show(photo).then((shown) => ({ id, similarity, channels, scores, ...shown }));
				}),
			);
			return {
				results,
				total: found.total,
				next_cursor: found.nextCursor,
				hints: found.hints,
				model: found.model,
				took_ms: since(started),
			};
		},
	);

	app.post(
		'/indexes/:name/nearest',
		{ schema: { params: IndexParams, body: NearestRequest, response: { 200: NearestResponse } } },
		async (request): Promise<NearestResponse> => {
			const started = performance.now();
			const { body } = request;
			const { kind = 'image', filter, cursor, exact, limit = DEFAULT_LIMIT } = body;
			const by = questionOf(body);
			const index = await engine.indexes.open(request.params.name, { create: false });
			const found = await nearest(
				index,
				{ kind, by, filter, limit, cursor, exact },
				engine.cursors,
			);
			const photos = await index.getMany(found.hits.map(({ id }) => id));
			const show = photoShower(engine, body);
			const results = await Promise.all(
				found.hits.flatMap(({ id, score }) => {
					const photo = photos.get(id);
					if (!photo) return [];
					return show(photo).then((shown) => ({ id, score, ...shown }));
				}),
			);
			return {
				results,
				next_cursor: found.nextCursor,
				model: found.model,
				took_ms: since(started),
			};
		},
	);
}

/** @throws EngineError `BAD_REQUEST`, `BAD_VECTOR` */
function questionOf({ vector, model, like }: NearestRequest): StoredVector | { like: string } {
	if (like !== undefined && vector === undefined && model === undefined) return { like };
	if (vector !== undefined && model && like === undefined) {
		return { vector: readVector(vector, 'vector'), model };
	}
	throw new EngineError(
		'BAD_REQUEST',
		'Say what the photos should be near to: a vector and its model, or like with the id of a photo.',
	);
}

/** Milliseconds, to a tenth. */
function since(started: number): number {
	return Math.round((performance.now() - started) * 10) / 10;
}

async function exampleImage(
	engine: Engine,
	body: SearchRequest,
	signal: AbortSignal,
): Promise<Uint8Array | undefined> {
	if (body.image !== undefined) {
		if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(body.image)) {
			throw new EngineError('BAD_REQUEST', 'image must hold the bytes of an image in base64.');
		}
		return Buffer.from(body.image, 'base64');
	}
	if (body.image_path === undefined) return undefined;
	return (await sourceOf(engine, body.s3).fetch(body.image_path, signal)).bytes;
}
