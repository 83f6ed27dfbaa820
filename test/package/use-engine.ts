/**
 * `node use-engine.js PACKAGE_FOLDER DATA_FOLDER`: starts the engine of an installed package as its
 * nodes do, stores two photos and compares them, embeds a text with the model in the package, prints
 * what came of it, and ends the engine.
 */
import { join } from 'node:path';
import type { EngineClient as Client } from '../../engine/client';

const [folder = '', dataDir = ''] = process.argv.slice(2);
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { EngineClient } = require(join(folder, 'dist', 'engine', 'client')) as {
	EngineClient: typeof Client;
};

void (async () => {
	const engine = new EngineClient({ kind: 'local', dataDir });
	try {
		const model = 'any@1';
		const images = [
			{ id: 'east', title: 'East', embedding: [1, 0], model },
			{ id: 'north-east', title: 'North-east', embedding: [Math.SQRT1_2, Math.SQRT1_2], model },
		];
		const { errors } = await engine.upsert('installed', { images });
		const { results } = await engine.search('installed', { like: 'east' });
		const { faiss, image_vectors } = await engine.stats('installed');
		const text = await engine.embedText({ text: 'a red car', model: 'demo' });
		process.stdout.write(
			JSON.stringify({
				runtime: (await engine.runtime()).onnxruntime.name,
				embedding: text.embedding,
				errors,
				found: results.map(({ id }) => id),
				faiss,
				method: image_vectors.method,
			}),
		);
	} finally {
		await engine.shutdown();
	}
})();
