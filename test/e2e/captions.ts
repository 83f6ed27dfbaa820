import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { ask, fileOf } from '../../demo/answers';
import { BUCKET } from '../harness/site';
import type { Stage } from './stage';

const CAPTION = 'A zeppelin over the harbour.';

/** A double of Ollama's `/api/generate`: the same caption for every picture. */
async function startVisionDouble() {
	const asked: { model: string; images: string[] }[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		request.on('end', () => {
			asked.push(JSON.parse(body) as (typeof asked)[number]);
			response.writeHead(request.url === '/api/generate' ? 200 : 404, {
				'content-type': 'application/json',
			});
			response.end(JSON.stringify({ response: ` ${CAPTION}\n`, done: true }));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		asked,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Needs the gallery in the index, and the search webhook published. */
export function captions(stage: () => Stage): void {
	describe('the captions workflow', () => {
		it('describes photos that have no words, and search finds them by the description', async () => {
			const { site } = stage();
			const vision = await startVisionDouble();
			try {
				const { id } = site.workflow('captions-by-vision-model');
				await site.rest.edit(id, ({ parameters }) => {
					for (const setting of parameters.assignments?.assignments ?? []) {
						if (setting.name === 'ollama_url') setting.value = vision.url;
					}
				});
				await site.run('captions-by-vision-model');
				assert.ok(vision.asked.length > 0);
				for (const { images } of vision.asked) {
					assert.equal(Buffer.from(images[0] ?? '', 'base64').readUInt16BE(0), 0xffd8);
				}
				const { results } = await ask(site.n8n, 'zeppelin', 50);
				const described = results.filter(({ description }) => description === CAPTION);
				assert.equal(described.length, vision.asked.length);
				assert.ok(described.every(({ channels }) => channels.includes('keyword')));
				const { image_vectors, photos } = await site.engine.stats(BUCKET);
				assert.equal(image_vectors.count, photos, 'a caption must not cost a photo its vector');
				assert.ok(fileOf(described[0] ?? { id: '', s3_path: null }).endsWith('.jpg'));
			} finally {
				await vision.close();
			}
		});
	});
}
