import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Encoder } from '../../engine/encode/encoder';
import { rememberingEmbedder, rememberingEncoder } from '../../engine/search/remembered-vectors';
import type { TextEmbedder } from '../../engine/text/text-embedder';

function counting(revision = () => 'm@1') {
	const asked: string[] = [];
	const encoder = {
		info: () => Promise.resolve({ model: revision(), imageSize: 8 }),
		embedText: (text: string) => {
			asked.push(text);
			return text === 'fails'
				? Promise.reject(new Error('not ready'))
				: Promise.resolve(Float32Array.of(1));
		},
	} as unknown as Encoder;
	return { asked, encoder: rememberingEncoder(encoder) };
}

test('a text that is asked again is not embedded again', async () => {
	const { asked, encoder } = counting();
	for (const text of ['car', 'dog', 'car']) await encoder.embedText(text);
	assert.deepEqual(asked, ['car', 'dog']);
});

test('another revision of the model makes other vectors', async () => {
	let revision = 'm@1';
	const { asked, encoder } = counting(() => revision);
	await encoder.embedText('car');
	revision = 'm@2';
	await encoder.embedText('car');
	assert.equal(asked.length, 2);
});

test('a failure is not remembered', async () => {
	const { asked, encoder } = counting();
	for (let i = 0; i < 2; i++) await assert.rejects(encoder.embedText('fails'));
	assert.equal(asked.length, 2);
});

test('the oldest of many texts is forgotten, not the one just used', async () => {
	const { asked, encoder } = counting();
	for (let i = 0; i < 256; i++) await encoder.embedText(`text ${i}`);
	await encoder.embedText('text 0');
	await encoder.embedText('one more');
	await encoder.embedText('text 0');
	assert.equal(asked.length, 257);
	await encoder.embedText('text 1');
	assert.equal(asked.length, 258);
});

test('queries to another server or model are others', async () => {
	const asked: string[] = [];
	const embedder = rememberingEmbedder({
		embedQuery: (text: string, { url, model }: { url: string; model?: string }) => {
			asked.push(`${url} ${model} ${text}`);
			return Promise.resolve(Float32Array.of(1));
		},
	} as unknown as TextEmbedder);
	await embedder.embedQuery('car', { url: 'http://a', model: 'm' });
	await embedder.embedQuery('car', { url: 'http://a', model: 'm' });
	await embedder.embedQuery('car', { url: 'http://b', model: 'm' });
	await embedder.embedQuery('car', { url: 'http://a', model: 'n' });
	assert.equal(asked.length, 3);
});
