import { Type } from 'typebox';
import type { KindStats } from '../../index/vector-index';
import type { App } from '../app';
import { DropIndexResponse, IndexStats, ListIndexesResponse } from '../contract';
import type { Engine } from '../engine';

export const IndexParams = Type.Object({ name: Type.String() });

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
			const { photos, image, text, textOwed, generations, bytesOnDisk, schema, faiss } =
				await index.stats();
			return {
				name: index.name,
				photos,
				image_vectors: vectorStats(image),
				text_vectors: vectorStats(text),
				text_owed: textOwed,
				generations,
				bytes_on_disk: bytesOnDisk,
				schema,
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
}

function vectorStats({
	bytesInMemory,
	lastMerge,
	...same
}: KindStats): IndexStats['image_vectors'] {
	return { ...same, bytes_in_memory: bytesInMemory, last_merge: lastMerge };
}
