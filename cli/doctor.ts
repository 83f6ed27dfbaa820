import { Command } from 'commander';
import { defaultDataDir, logPath, socketPath } from '../engine/locations';
import { addEngineOptions, clientOf, type ConnectionOptions } from './connections';

export function doctorCommand(): Command {
	return addEngineOptions(
		new Command('doctor').description('report what works here and what does not'),
	).action(run);
}

async function run(options: ConnectionOptions): Promise<void> {
	const client = clientOf(options);
	line('Node', `${process.version} ${process.platform} ${process.arch}`);
	if (!options.engine) {
		const dataDir = defaultDataDir();
		line('Data folder', dataDir);
		line('Socket', socketPath(dataDir));
		line('Log', logPath(dataDir));
	}
	const health = await client.health();
	line(
		'Engine',
		`version ${health.version}, API ${health.api_version}, ${Math.round(health.rss_bytes / 1e6)} MB`,
	);
	const { models } = await client.models();
	for (const model of models) {
		line(
			model.is_default ? 'Model (default)' : 'Model',
			`${model.id}: ${model.state}, ${model.image_size} px`,
		);
	}
	const defaultModel = models.find((model) => model.is_default);
	if (defaultModel?.state === 'available') {
		const started = performance.now();
		const { dimension } = await client.embedText({ text: 'a photo' });
		line(
			'Text tower',
			`works, ${dimension} dimensions, ${Math.round(performance.now() - started)} ms`,
		);
	}
	for (const name of (await client.indexes()).indexes) {
		const { photos, image_vectors, text_vectors, text_owed, faiss } = await client.stats(name);
		line(
			`Index ${name}`,
			`${photos} photos, ${image_vectors.count} image vectors (${image_vectors.method}), ` +
				`${text_vectors.count} text vectors, ${text_owed} owed; FAISS ${faiss.available ? 'available' : `absent (${faiss.reason})`}`,
		);
	}
}

function line(name: string, value: string): void {
	console.log(`${name.padEnd(18)} ${value}`);
}
