import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask } from '../harness/ask';
import { colourJpeg, testEngine, type TestEngine } from '../harness/engine';
import { until } from '../harness/until';

const OLD = 'eyes@1';
const NEW = 'eyes@2';

describe('a change of the model, over HTTP', () => {
	let engine: TestEngine;
	before(() => void (engine = testEngine()));
	after(() => engine.close());

	const vectors: Record<string, number[]> = { [OLD]: [1, 0], [NEW]: [0, 1, 0] };
	const photo = (id: string, model: string) => ({
		id,
		embedding: vectors[model],
		model,
	});
	const nearest = (index: string, model: string) =>
		engine.client.nearest(index, { vector: vectors[model], model });
	const states = async (index: string) =>
		(await engine.client.generations(index)).generations.map(
			({ model, state, vectors: count, missing }) => [model, state, count, missing],
		);

	it('takes place when every photo has its new vector, and can be taken back', async () => {
		const { client } = engine;
		await client.upsert('photos', { images: [photo('a', OLD), photo('b', OLD)] });
		const begun = await client.beginGeneration('photos', { model: NEW, dimension: 3 });
		assert.deepEqual([begun.state, begun.missing, begun.dimension], ['building', 2, 3]);

		await client.upsert('photos', { images: [photo('a', NEW)] });
		assert.equal((await nearest('photos', OLD)).results.length, 2);
		await assert.rejects(nearest('photos', NEW), { code: 'MODEL_MISMATCH' });

		await client.upsert('photos', { images: [photo('b', NEW)] });
		assert.deepEqual(await states('photos'), [
			[OLD, 'retired', 2, 0],
			[NEW, 'active', 2, 0],
		]);
		// The old vectors answer until the new ones are in memory.
		await until(
			'the new vectors answer',
			async () => (await nearest('photos', NEW)).results.length === 2,
		);
		await assert.rejects(nearest('photos', OLD), { code: 'MODEL_MISMATCH' });

		const back = await client.activateGeneration('photos', { model: OLD });
		assert.equal(back.state, 'active');
		const { generations } = await client.dropGeneration('photos', { model: NEW });
		assert.deepEqual(
			generations.map(({ model }) => model),
			[OLD],
		);
		assert.deepEqual((await client.stats('photos')).generations, generations);
	});

	it('is refused where photos would be lost from sight, unless that is allowed', async () => {
		const { client } = engine;
		await client.upsert('partly', { images: [photo('a', OLD), photo('b', OLD)] });
		await client.beginGeneration('partly', {
			model: NEW,
			dimension: 3,
			activate_when_complete: false,
		});
		await client.upsert('partly', { images: [photo('a', NEW)] });
		await assert.rejects(client.activateGeneration('partly', { model: NEW }), {
			code: 'GENERATION_INCOMPLETE',
		});
		await client.activateGeneration('partly', { model: NEW, incomplete: true });
		assert.deepEqual(
			(await nearest('partly', NEW)).results.map(({ id }) => id),
			['a'],
		);
		await client.upsert('partly', { images: [photo('b', NEW)] });
		assert.deepEqual((await states('partly'))[1], [NEW, 'active', 2, 0]);
	});

	it('knows of a model of its own what a caller would have to look up', async () => {
		const { client } = engine;
		const { model, dimension } = await client.embedImageBytes(await colourJpeg('red'));
		await client.upsert('own', { images: [photo('a', OLD)] });
		const begun = await client.beginGeneration('own', { model: 'demo' });
		assert.deepEqual([begun.model, begun.dimension], [model, dimension]);
		// By its id alone, since there is one revision only.
		await client.dropGeneration('own', { model: 'demo' });
		await assert.rejects(client.beginGeneration('own', { model: 'no-such-model' }), {
			code: 'MODEL_UNKNOWN',
		});
	});

	it('says what is wrong with it', async () => {
		const { client, dataDir } = engine;
		await client.upsert('wrong', { images: [photo('a', OLD)] });
		const begin = (body: unknown) => ask(dataDir, 'POST', '/indexes/wrong/generations', body);
		for (const [body, field] of [
			[{ dimension: 3 }, 'model'],
			[{ model: '', dimension: 3 }, 'model'],
			[{ model: NEW, dimension: 0 }, 'dimension'],
			[{ model: NEW, dimension: 1e9 }, 'dimension'],
			[{ model: NEW, dimension: 3, kind: 'smell' }, 'kind'],
			[{ model: NEW, dimension: 3, now: true }, 'now'],
		] as const) {
			const { status, body: answer } = await begin(body);
			assert.deepEqual([status, answer.error.details.field], [400, field]);
		}
		const text = await begin({ kind: 'text', model: 'nomic-embed-text' });
		assert.equal(text.body.error.code, 'BAD_REQUEST');
		assert.equal((await begin({ model: OLD, dimension: 2 })).body.error.code, 'GENERATION_EXISTS');
		for (const [call, code] of [
			[() => client.activateGeneration('wrong', { model: NEW }), 'GENERATION_NOT_FOUND'],
			[() => client.dropGeneration('wrong', { model: NEW }), 'GENERATION_NOT_FOUND'],
			[() => client.dropGeneration('wrong', { model: OLD }), 'GENERATION_IN_USE'],
			[() => client.generations('nowhere'), 'INDEX_NOT_FOUND'],
		] as const) {
			await assert.rejects(call(), { code });
		}
	});
});
