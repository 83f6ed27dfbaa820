import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Encoder } from '../../engine/encode/encoder';
import { EngineError } from '../../engine/errors';
import type { VectorIndex } from '../../engine/index/vector-index';
import { Cursors } from '../../engine/search/cursor';
import { speaking } from '../../engine/search/fusion';
import { search, type SearchInput } from '../../engine/search/search';
import type { TextEmbedder } from '../../engine/text/text-embedder';
import { openIndex } from '../index/support';

const IMAGE_MODEL = 'eyes@1';
const TEXT_MODEL = 'nomic-embed-text';
const CONCEPTS = ['car', 'beach', 'snow', 'dog', 'cake', 'boat', 'tree', 'house'];
const OLLAMA = { url: 'http://ollama.test' };
const cursors = new Cursors(Buffer.alloc(32, 1));

/** A world in which a picture of a car and the words "an automobile" are one direction. */
function direction(text: string): Float32Array {
	const words = text.toLowerCase().replace('automobile', 'car');
	const vector = Float32Array.from(CONCEPTS, (concept) => (words.includes(concept) ? 1 : 0.05));
	const norm = Math.hypot(...vector);
	return vector.map((value) => value / norm);
}

function encoder(failure?: EngineError): Encoder {
	const answer = <T>(value: T) => (failure ? Promise.reject(failure) : Promise.resolve(value));
	return {
		info: () => answer({ model: IMAGE_MODEL, imageSize: 8 }),
		embedText: (text) => answer(direction(text)),
		embedImage: (bytes) =>
			answer({ embedding: direction(Buffer.from(bytes).toString()), width: 8, height: 8 }),
	};
}

function textEmbedder(failure?: EngineError): TextEmbedder {
	const answer = <T>(value: T) => (failure ? Promise.reject(failure) : Promise.resolve(value));
	return {
		embedDocuments: (texts) => answer(texts.map(direction)),
		embedQuery: (text) => answer(direction(text)),
	};
}

describe('a search', () => {
	let index: VectorIndex;
	const ends: (() => unknown)[] = [];
	before(async () => {
		const opened = await openIndex({ after: (end: () => unknown) => ends.unshift(end) } as never);
		index = opened.index;
		const photo = (
			id: string,
			shows: string,
			words: { title?: string; people?: string[] } = {},
		) => ({
			id,
			...words,
			image: { vector: direction(shows), model: IMAGE_MODEL },
			...(words.title && { text: { vector: direction(words.title), model: TEXT_MODEL } }),
		});
		await index.upsert([
			photo('sunday-drive', 'car', { title: 'Sunday drive', people: ['Pat', 'Jack'] }),
			photo('picnic', 'cake tree', { title: 'Picnic', people: ['Pat', 'Jack'] }),
			photo('pat-beach', 'beach', { people: ['Pat'] }),
			photo('jack-snow', 'snow', { people: ['Jack'] }),
			photo('lonely-car', 'car'),
			photo('other-car', 'car house'),
			...CONCEPTS.slice(1).map((concept) => photo(`a-${concept}`, concept)),
		]);
	});
	after(async () => {
		for (const end of ends) await end();
	});

	const ask = (input: Partial<SearchInput>, eyes = encoder(), words = textEmbedder()) =>
		search(
			index,
			{ limit: 5, foldDuplicates: false, ...input },
			{ encoder: eyes, textEmbedder: words, cursors },
		);
	const ids = (found: Awaited<ReturnType<typeof ask>>) => found.page.map(({ id }) => id);

	it('for people and a thing puts the photo with all of them first', async () => {
		const found = await ask({ text: 'Pat, Jack, and an automobile' });
		assert.equal(ids(found)[0], 'sunday-drive');
		assert.deepEqual([...speaking(found.page[0]!)].sort(), ['keyword', 'visual']);
		// Both people without a car come before one of them, and before cars of nobody.
		assert.equal(ids(found)[1], 'picnic');
	});

	it('finds photos without a word by what they show', async () => {
		assert.deepEqual(ids(await ask({ text: 'beach', limit: 2 })).sort(), ['a-beach', 'pat-beach']);
	});

	it('like a photo never answers with that photo', async () => {
		const found = await ask({ like: ['lonely-car'] });
		assert.ok(!ids(found).includes('lonely-car'));
		assert.equal(ids(found)[0], 'sunday-drive');
	});

	it('for a thing, but nothing like a photo of it, still finds the thing', async () => {
		const answer = await ask({ text: 'beach -like:lonely-car', explain: true });
		assert.deepEqual(ids(answer).slice(0, 2).sort(), ['a-beach', 'pat-beach']);
		assert.ok(answer.explain?.plan.includes('Unlike one picture.'));
		const alone = ids(await ask({ text: '-like:lonely-car', limit: 100 }));
		assert.ok(alone.includes('a-beach'));
		assert.ok(!alone.includes('lonely-car'));
	});

	it('does not call a word unknown only because nobody wrote it', async () => {
		assert.deepEqual((await ask({ text: 'beach', ollama: OLLAMA })).hints, []);
	});

	it('by a picture and words weighs both', async () => {
		const found = await ask({ images: [Buffer.from('car')], text: 'house' });
		assert.equal(ids(found)[0], 'other-car');
	});

	it('answers from keywords with a hint where the model cannot be used', async () => {
		const found = await ask(
			{ text: 'picnic' },
			encoder(new EngineError('MODEL_NOT_READY', 'The model is being downloaded: 12 %.')),
		);
		assert.deepEqual(ids(found), ['picnic']);
		assert.match(found.hints.join(), /12 %/);
	});

	it('says why it has no answer where no channel can give one', async () => {
		const notReady = new EngineError('MODEL_NOT_READY', 'The model is being downloaded: 12 %.');
		await assert.rejects(ask({ text: 'zebra' }, encoder(notReady)), notReady);
	});

	it('goes on without Ollama, and does not tell visitors where it should be', async () => {
		const down = new EngineError('OLLAMA_UNREACHABLE', 'http://10.0.0.7:11434 refused');
		const found = await ask({ text: 'beach', ollama: OLLAMA }, encoder(), textEmbedder(down));
		assert.ok(found.page.length > 0);
		assert.match(found.hints.join(), /Ollama cannot be reached/);
		assert.doesNotMatch(found.hints.join(), /10\.0\.0\.7/);
	});

	it('leaves out what was said, not what is wider or only begins so', async () => {
		await index.upsert([
			{ id: 'tractor', title: 'An old vehicle' },
			{ id: 'auto', title: 'Automobile' },
		]);
		const kept = async (text: string) => ids(await ask({ text, limit: 50 }));
		const withoutCars = await kept('-car');
		assert.ok(withoutCars.includes('tractor') && !withoutCars.includes('auto'));
		assert.ok((await kept('-pic')).includes('picnic'));
		assert.ok(!(await kept('-picnci')).includes('picnic'));
		await index.delete(['tractor', 'auto']);
	});

	it('tells visitors neither paths nor what went wrong inside', async () => {
		for (const code of ['INTERNAL', 'RUNTIME_UNAVAILABLE', 'MODEL_UNKNOWN', 'DISK_FULL'] as const) {
			const failure = new EngineError(code, 'ENOENT /home/pat/models/eyes/model.onnx');
			const found = await ask({ text: 'picnic' }, encoder(failure));
			assert.deepEqual(ids(found), ['picnic']);
			assert.match(found.hints.join(), /was not searched/);
			assert.doesNotMatch(found.hints.join(), /ENOENT|pat/);
		}
	});

	it('by a photo and a list leaves out what is nothing like the photo', async () => {
		const [one, list] = [{ text: 'snow dog boat' }, { text: 'snow, dog, boat' }];
		const image = { vector: direction('house'), model: IMAGE_MODEL };
		await index.upsert([{ id: 'all-three', title: 'Snow, dog, boat', image }]);
		for (const { text } of [one, list]) {
			const found = await ask({ text, like: ['a-cake'], limit: 50 });
			const three = found.page.find(({ id }) => id === 'all-three')!;
			assert.ok(three.relevance < 0.5, `${text}: ${three.relevance}`);
		}
		await index.delete(['all-three']);
	});

	it('by words and a photo that nobody has embedded goes by the words', async () => {
		await index.upsert([{ id: 'new', title: 'New' }]);
		const found = await ask({ text: 'picnic', like: ['new'] });
		assert.equal(ids(found)[0], 'picnic');
		assert.ok(found.page[0]!.relevance > 0.5);
		assert.match(found.hints.join(), /"new" has no vector/);
		assert.deepEqual(ids(await ask({ like: ['new'] })), []);
		await index.delete(['new']);
	});

	it('by the beginning of a name says whose it was taken for', async () => {
		assert.match((await ask({ text: 'person:Jac' })).hints.join(), /"Jac" was read as "jack"/);
		assert.deepEqual((await ask({ text: 'person:Jack' })).hints, []);
	});

	it('pages through every photo once', async () => {
		const seen: string[] = [];
		let cursor: string | undefined;
		do {
			const found = await ask({ text: 'car', limit: 4, cursor });
			seen.push(...ids(found));
			cursor = found.nextCursor ?? undefined;
		} while (cursor);
		assert.equal(new Set(seen).size, seen.length);
		assert.equal(seen.length, await index.count());
	});

	it('goes on behind the same photo while others come and go before it', async () => {
		const all = ids(await ask({ text: 'car', limit: 50 }));
		const first = await ask({ text: 'car', limit: 3 });
		const [best] = ids(first);
		const stored = (await index.vector(best!, 'image'))!;
		await index.upsert([{ id: 'new-car', title: 'car', image: stored }]);
		await index.upsert([{ id: 'newer-car', title: 'car', image: stored }]);
		const rest = ids(await ask({ text: 'car', limit: 50, cursor: first.nextCursor! }));
		assert.deepEqual(rest, all.slice(3));

		await index.delete(['new-car', 'newer-car', ids(first).at(-1)!]);
		const without = ids(await ask({ text: 'car', limit: 50, cursor: first.nextCursor! }));
		assert.deepEqual(without, all.slice(3));
	});

	it('with vectors of a model that is no longer here says so instead of comparing them', async () => {
		const other = {
			...encoder(),
			info: () => Promise.resolve({ model: 'eyes@2', dimension: 8, imageSize: 8 }),
		};
		await assert.rejects(ask({ images: [Buffer.from('car')] }, other), { code: 'MODEL_MISMATCH' });
		assert.match((await ask({ text: 'picnic' }, other)).hints.join(), /eyes@2/);
	});

	it('is no less sure of a photo for things that are nowhere and must not be there', async () => {
		const blind = encoder(
			new EngineError('MODEL_NOT_READY', 'The model is being downloaded: 12 %.'),
		);
		const found = await ask({ text: 'picnic -submarine -zebra -volcano -harp -anvil' }, blind);
		assert.equal(ids(found)[0], 'picnic');
		assert.ok(found.page[0]!.relevance > 0.85, String(found.page[0]!.relevance));
	});
});
