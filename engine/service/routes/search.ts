import { EngineError } from '../../errors';
import type { StoredPhoto, StoredVector } from '../../index/vector-index';
import { readVector } from '../../ingest/read-vector';
import { nearest } from '../../search/nearest';
import type { Folded } from '../../search/duplicates';
import { scoresOf, speaking } from '../../search/fusion';
import { rememberingEmbedder, rememberingEncoder } from '../../search/remembered-vectors';
import { search, type SearchTools } from '../../search/search';
import { whyOf, type Asked } from '../../search/why';
import { signalOf, type App } from '../app';
import { NearestRequest, NearestResponse, SearchRequest, SearchResponse } from '../contract';
import type { SearchResult, ShownPhoto } from '../contract';
import type { Engine } from '../engine';
import { openForWords } from '../open-for-words';
import { sourceOf } from './embed';
import { IndexParams } from './indexes';
import { photoShower } from './shown-photo';

const DEFAULT_LIMIT = 10;

/** Searches under way at once: a crowd at an open webhook is told to come back, not queued up. */
const MAX_SEARCHES = 64;
const SEARCHES = new Set(['/indexes/:name/search', '/indexes/:name/nearest']);

export function searchRoutes(app: App, engine: Engine): void {
	const tools: SearchTools = {
		encoder: rememberingEncoder(engine.encoder),
		textEmbedder: rememberingEmbedder(engine.textEmbedder),
		cursors: engine.cursors,
	};
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
			const { name } = request.params;
			const index = await (body.text
				? openForWords(engine, name)
				: engine.indexes.open(name, { create: false }));
			if (body.ollama) {
				engine.owedTexts.remember(index.name, body.ollama);
				engine.owedTexts.kick(index.name);
			}
			const found = await search(
				index,
				{
					text: body.text,
					without: body.without,
					images: await exampleImages(engine, body, signal),
					like: listOf(body.like),
					filter: body.filter,
					limit: body.limit ?? DEFAULT_LIMIT,
					cursor: body.cursor,
					minRelevance: body.min_relevance,
					onlyRelevant: body.only_relevant,
					sort: body.sort,
					facets: body.facets,
					foldDuplicates: body.fold_duplicates,
					weights: body.weights,
					explain: body.explain,
					ollama: body.ollama,
				},
				tools,
				signal,
			);
			const photos = await index.getMany(found.page.map(({ id }) => id));
			const show = photoShower(engine, body);
			const results = await Promise.all(
				found.page.flatMap((entry) => {
					const photo = photos.get(entry.id);
					// Deleted between ranking and reading.
					if (!photo) return [];
					return show(photo).then((shown) => shownResult(entry, photo, shown, found.asked));
				}),
			);
			return {
				results,
				total: found.total,
				relevant: found.relevant,
				capped: found.capped,
				next_cursor: found.nextCursor,
				hints: found.hints,
				notes: found.notes,
				facets: found.facets,
				explain: found.explain,
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

function shownResult(
	entry: Folded,
	photo: StoredPhoto,
	shown: ShownPhoto,
	asked: Asked,
): SearchResult {
	const { id, relevance, duplicates } = entry;
	return {
		...{ id, relevance, similarity: relevance },
		channels: speaking(entry),
		scores: scoresOf(entry),
		why: whyOf(photo, entry, asked),
		duplicates: { count: duplicates.length, ids: duplicates },
		...shown,
	};
}

async function exampleImages(
	engine: Engine,
	body: SearchRequest,
	signal: AbortSignal,
): Promise<Uint8Array[]> {
	const given = listOf(body.image).map((image) => {
		if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(image)) {
			throw new EngineError('BAD_REQUEST', 'image must hold the bytes of an image in base64.');
		}
		return Buffer.from(image, 'base64');
	});
	const paths = listOf(body.image_path);
	if (paths.length === 0) return given;
	const source = sourceOf(engine, body.s3);
	const fetched = await Promise.all(paths.map((path) => source.fetch(path, signal)));
	return [...given, ...fetched.map(({ bytes }) => bytes)];
}

const listOf = (value: string | string[] | undefined) =>
	value === undefined ? [] : [value].flat();
