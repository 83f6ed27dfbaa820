import { EngineError } from '../../errors';
import type { PhotoSource } from '../../ingest/photo-source';
import { search } from '../../search/search';
import { signalOf, type App } from '../app';
import { SearchRequest, SearchResponse, type SearchResult } from '../contract';
import type { Engine } from '../engine';
import { sourceOf } from './embed';
import { IndexParams } from './indexes';

const DEFAULT_LIMIT = 10;
const DEFAULT_URL_EXPIRY_S = 3600;

/** Searches under way at once: a crowd at an open webhook is told to come back, not queued up. */
const MAX_SEARCHES = 64;

export function searchRoutes(app: App, engine: Engine): void {
	let running = 0;
	app.addHook('onRequest', async (request, reply) => {
		if (request.routeOptions.url !== '/indexes/:name/search') return;
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
			const source = body.s3 && engine.sources.source(body.s3);
			const results = await Promise.all(
				found.page.flatMap((ranked) => {
					const photo = photos.get(ranked.id);
					// Deleted between ranking and reading.
					if (!photo) return [];
					const { s3_path } = photo;
					return (async (): Promise<SearchResult> => ({
						id: ranked.id,
						title: photo.title ?? null,
						similarity: ranked.similarity,
						s3_path: s3_path ?? null,
						url: s3_path && source ? await linkTo(source, s3_path, body) : null,
						channels: ranked.channels,
						scores: ranked.scores,
						description: photo.description ?? null,
						tags: photo.tags,
						people: photo.people,
						taken_at: photo.taken_at ?? null,
						width: photo.width ?? null,
						height: photo.height ?? null,
						metadata: photo.metadata,
					}))();
				}),
			);
			return {
				results,
				total: found.total,
				next_cursor: found.nextCursor,
				hints: found.hints,
				model: found.model,
				took_ms: Math.round((performance.now() - started) * 10) / 10,
			};
		},
	);
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

/** One photo that cannot be linked to must not cost the others their answer. */
async function linkTo(
	source: PhotoSource,
	s3Path: string,
	{ url_expires_in }: SearchRequest,
): Promise<string | null> {
	return source.presign(s3Path, url_expires_in ?? DEFAULT_URL_EXPIRY_S).catch(() => null);
}
