import { Type } from 'typebox';
import { EngineError } from '../../errors';
import { restricts } from '../../index/catalogue/photo-filter';
import { storePhotos } from '../../ingest/store-photos';
import { signalOf, type App } from '../app';
import {
	DeleteRequest,
	DeleteResponse,
	DropIndexResponse,
	IndexStats,
	ListIndexesResponse,
	StoredImage,
	UpsertRequest,
	UpsertResponse,
} from '../contract';
import type { Engine } from '../engine';

export const IndexParams = Type.Object({ name: Type.String() });
const ImageParams = Type.Object({ name: Type.String(), id: Type.String() });

export function indexRoutes(app: App, engine: Engine): void {
	const { indexes } = engine;

	app.get('/indexes', { schema: { response: { 200: ListIndexesResponse } } }, async () => ({
		indexes: await indexes.list(),
	}));

	app.get(
		'/indexes/:name',
		{ schema: { params: IndexParams, response: { 200: IndexStats } } },
		async (request): Promise<IndexStats> => {
			const index = await indexes.open(request.params.name, { create: false });
			const { photos, image, text, textOwed, bytesOnDisk, faiss } = await index.stats();
			return {
				name: index.name,
				photos,
				image_vectors: image,
				text_vectors: text,
				text_owed: textOwed,
				bytes_on_disk: bytesOnDisk,
				faiss,
			};
		},
	);

	app.delete(
		'/indexes/:name',
		{ schema: { params: IndexParams, response: { 200: DropIndexResponse } } },
		async (request) => {
			const { name } = request.params;
			await indexes.drop(name);
			return { dropped: name };
		},
	);

	app.put(
		'/indexes/:name/images',
		{ schema: { params: IndexParams, body: UpsertRequest, response: { 200: UpsertResponse } } },
		async (request, reply) => {
			const index = await indexes.open(request.params.name, { create: true });
			return storePhotos(index, request.body, engine.owedTexts, signalOf(reply));
		},
	);

	app.delete(
		'/indexes/:name/images',
		{ schema: { params: IndexParams, body: DeleteRequest, response: { 200: DeleteResponse } } },
		async (request): Promise<DeleteResponse> => {
			const index = await indexes.open(request.params.name, { create: false });
			const { ids, filter } = request.body;
			if (!ids && !restricts(filter)) {
				throw new EngineError(
					'BAD_REQUEST',
					'Say what to delete: ids, or a filter with at least one condition.',
				);
			}
			const asked = ids ?? (await index.ids(filter!));
			const deleted = await index.delete(asked);
			const gone = new Set(deleted);
			return { deleted, missing: asked.filter((id) => !gone.has(id)) };
		},
	);

	app.get(
		'/indexes/:name/images/:id',
		{ schema: { params: ImageParams, response: { 200: StoredImage } } },
		async (request): Promise<StoredImage> => {
			const index = await indexes.open(request.params.name, { create: false });
			const photo = await index.get(request.params.id);
			if (!photo) {
				throw new EngineError(
					'IMAGE_NOT_FOUND',
					`There is no photo "${request.params.id}" in the index "${index.name}".`,
				);
			}
			return photo;
		},
	);
}
