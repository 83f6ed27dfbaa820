import { EngineError } from '../../errors';
import type { VectorIndex, VectorKind } from '../../index/vector-index';
import type { App } from '../app';
import {
	ActivateGenerationRequest,
	BeginGenerationRequest,
	DropGenerationRequest,
	Generation,
	GenerationsResponse,
} from '../contract';
import type { Engine } from '../engine';
import { IndexParams } from './indexes';

/** The change of an index from one model to another, and back. */
export function generationRoutes(app: App, { indexes, encoder }: Engine): void {
	const existing = (name: string) => indexes.open(name, { create: false });

	app.get(
		'/indexes/:name/generations',
		{ schema: { params: IndexParams, response: { 200: GenerationsResponse } } },
		async (request) => ({
			generations: await (await existing(request.params.name)).generations(),
		}),
	);

	app.post(
		'/indexes/:name/generations',
		{
			schema: {
				params: IndexParams,
				body: BeginGenerationRequest,
				response: { 200: Generation },
			},
		},
		async (request) => {
			const { kind = 'image', activate_when_complete: activateWhenComplete = true } = request.body;
			const index = await existing(request.params.name);
			const { model, dimension } = await modelToBegin(kind, request.body);
			return index.beginGeneration(kind, { model, dimension, activateWhenComplete });
		},
	);

	app.post(
		'/indexes/:name/generations/activate',
		{
			schema: {
				params: IndexParams,
				body: ActivateGenerationRequest,
				response: { 200: Generation },
			},
		},
		async (request) => {
			const { kind = 'image', incomplete = false } = request.body;
			const index = await existing(request.params.name);
			const model = await modelName(index, kind, request.body.model);
			return index.activateGeneration(kind, model, { incomplete });
		},
	);

	app.delete(
		'/indexes/:name/generations',
		{
			schema: {
				params: IndexParams,
				body: DropGenerationRequest,
				response: { 200: GenerationsResponse },
			},
		},
		async (request) => {
			const { kind = 'image' } = request.body;
			const index = await existing(request.params.name);
			await index.dropGeneration(kind, await modelName(index, kind, request.body.model));
			return { generations: await index.generations() };
		},
	);

	/** Name with revision and dimension; what the request leaves open the model itself is asked. */
	async function modelToBegin(
		kind: VectorKind,
		{ model, dimension }: BeginGenerationRequest,
	): Promise<{ model: string; dimension: number }> {
		if (kind === 'image' && (dimension === undefined || !model.includes('@'))) {
			const id = model.split('@')[0]!;
			const name = model.includes('@') ? model : (await encoder.info(id)).model;
			// A model that is here can say it, and shows at once that it works.
			dimension ??= (await encoder.embedText('a photo', { model: id })).length;
			return { model: name, dimension };
		}
		if (dimension !== undefined) return { model, dimension };
		throw new EngineError(
			'BAD_REQUEST',
			'Give the dimension of the text vectors: nobody here knows it of another model.',
		);
	}
}

/** The whole name of a generation's model, given with its revision or, where that is enough, without. */
async function modelName(index: VectorIndex, kind: VectorKind, asked: string): Promise<string> {
	const names = (await index.generations())
		.filter((generation) => generation.kind === kind)
		.map(({ model }) => model);
	if (names.includes(asked)) return asked;
	const revisions = names.filter((name) => name.split('@')[0] === asked);
	return revisions.length === 1 ? revisions[0]! : asked;
}
