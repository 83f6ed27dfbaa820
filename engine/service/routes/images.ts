import { Type } from 'typebox';
import { EngineError } from '../../errors';
import { restricts } from '../../index/catalogue/photo-filter';
import type { VectorIndex } from '../../index/vector-index';
import { storePhotos } from '../../ingest/store-photos';
import { queryDigest } from '../../search/cursor';
import { invalid } from '../validation-message';
import { signalOf, type App } from '../app';
import {
	CountImagesRequest,
	CountImagesResponse,
	DeleteRequest,
	DeleteResponse,
	ListImagesQuery,
	ListImagesRequest,
	ListImagesResponse,
	StoredImage,
	UpsertRequest,
	UpsertResponse,
	type PhotoFilter,
} from '../contract';
import type { Engine } from '../engine';
import { IndexParams } from './indexes';

const ImageParams = Type.Object({ name: Type.String(), id: Type.String() });
const DEFAULT_PAGE = 100;
/** Photos of one transaction of a deletion: searches and other writes get their turn in between. */
const DELETE_BATCH = 1_000;
/** Of those that were deleted by a filter, how many ids are told. */
const MAX_TOLD = 10_000;

/** The photos of an index. */
export function imageRoutes(app: App, engine: Engine): void {
	const { indexes, owedTexts, cursors } = engine;
	const existing = (name: string) => indexes.open(name, { create: false });

	app.put(
		'/indexes/:name/images',
		{ schema: { params: IndexParams, body: UpsertRequest, response: { 200: UpsertResponse } } },
		async (request, reply) => {
			const index = await indexes.open(request.params.name, { create: true });
			return storePhotos(index, request.body, owedTexts, { signal: signalOf(reply) });
		},
	);

	// Like an upsert, but a photo that is not there is an error instead of a new one.
	app.patch(
		'/indexes/:name/images',
		{ schema: { params: IndexParams, body: UpsertRequest, response: { 200: UpsertResponse } } },
		async (request, reply) => {
			const index = await existing(request.params.name);
			const options = { mustExist: true, signal: signalOf(reply) };
			return storePhotos(index, request.body, owedTexts, options);
		},
	);

	app.delete(
		'/indexes/:name/images',
		{ schema: { params: IndexParams, body: DeleteRequest, response: { 200: DeleteResponse } } },
		async (request, reply): Promise<DeleteResponse> => {
			const { ids, filter } = request.body;
			if (ids ? filter !== undefined : !restricts(filter)) {
				throw new EngineError(
					'BAD_REQUEST',
					'Say what to delete: ids, or a filter with at least one condition.',
				);
			}
			const index = await existing(request.params.name);
			return ids ? deleteIds(index, ids) : deleteWhere(index, filter!, signalOf(reply));
		},
	);

	app.get(
		'/indexes/:name/images',
		{
			schema: {
				params: IndexParams,
				querystring: ListImagesQuery,
				response: { 200: ListImagesResponse },
			},
		},
		async (request) => {
			const body = fromQuery(request.query);
			const validate = request.compileValidationSchema(ListImagesRequest);
			if (!validate(body)) throw invalid(validate.errors ?? []);
			return list(await existing(request.params.name), body);
		},
	);

	app.post(
		'/indexes/:name/images/list',
		{
			schema: {
				params: IndexParams,
				body: ListImagesRequest,
				response: { 200: ListImagesResponse },
			},
		},
		async (request) => list(await existing(request.params.name), request.body),
	);

	app.post(
		'/indexes/:name/images/count',
		{
			schema: {
				params: IndexParams,
				body: CountImagesRequest,
				response: { 200: CountImagesResponse },
			},
		},
		async (request) => {
			const index = await existing(request.params.name);
			return { count: await index.count(request.body.filter) };
		},
	);

	app.get(
		'/indexes/:name/images/:id',
		{ schema: { params: ImageParams, response: { 200: StoredImage } } },
		async (request): Promise<StoredImage> => {
			const index = await existing(request.params.name);
			const photo = await index.get(request.params.id);
			if (photo) return photo;
			throw new EngineError(
				'IMAGE_NOT_FOUND',
				`There is no photo "${request.params.id}" in the index "${index.name}".`,
			);
		},
	);

	async function list(
		index: VectorIndex,
		{ filter = {}, limit = DEFAULT_PAGE, cursor, count }: ListImagesRequest,
	): Promise<ListImagesResponse> {
		const query = queryDigest(['list', index.name, filter]);
		const after = cursor ? cursors.read<{ id: string }>(cursor, query).id : undefined;
		const ids = await index.ids(filter, { after, limit: limit + 1 });
		const page = ids.slice(0, limit);
		const photos = await index.getMany(page);
		return {
			images: page.flatMap((id) => photos.get(id) ?? []),
			next_cursor: ids.length > limit ? cursors.write({ id: page.at(-1) }, query) : null,
			...(count && { total: await index.count(filter) }),
		};
	}
}

async function deleteIds(index: VectorIndex, ids: string[]): Promise<DeleteResponse> {
	const gone = new Set<string>();
	for (let start = 0; start < ids.length; start += DELETE_BATCH) {
		for (const id of await index.delete(ids.slice(start, start + DELETE_BATCH))) gone.add(id);
	}
	const missing = ids.filter((id) => !gone.has(id));
	return { deleted_count: gone.size, deleted: [...gone], missing };
}

/** In the order of ids and never back: photos that keep arriving cannot keep it from ending. */
async function deleteWhere(
	index: VectorIndex,
	filter: PhotoFilter,
	signal: AbortSignal,
): Promise<DeleteResponse> {
	const told: string[] = [];
	let count = 0;
	let after: string | undefined;
	do {
		signal.throwIfAborted();
		const ids = await index.ids(filter, { after, limit: DELETE_BATCH });
		const gone = await index.delete(ids);
		count += gone.length;
		told.push(...gone.slice(0, MAX_TOLD - told.length));
		after = ids.length === DELETE_BATCH ? ids.at(-1) : undefined;
	} while (after !== undefined);
	return { deleted_count: count, deleted: told, missing: [] };
}

/** The values of a query string as the types they stand for; what is none is left for the schema. */
function fromQuery({ filter, limit, cursor, count }: ListImagesQuery): ListImagesRequest {
	return {
		...(filter !== undefined && { filter: json(filter) }),
		...(limit !== undefined && { limit: json(limit) }),
		...(cursor !== undefined && { cursor }),
		...(count !== undefined && { count: json(count) }),
	} as ListImagesRequest;
}

function json(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
