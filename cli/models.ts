import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import type { EngineClient, Model } from '../engine/client';
import { describeProgress } from '../engine/client/describe-model';
import { ProgressLog } from '../engine/encode/models/download-progress';
import { formatBytes } from '../engine/format';
import { addEngineOptions, clientOf, type ConnectionOptions } from './connections';
import { ProgressLine } from './progress-line';
import { formatTable } from './table';

const POLL_MS = 300;
/** Names of settings in a sentence. */
const SETTING = /\b(HF|HTTPS?|NODE|SEMANTIC)_[A-Z_]+/;
const WHEN_READ =
	'The engine reads its settings when it starts: set them where it is started, n8n for example, and end it with “semantic-image-search stop”.';

export function modelsCommand(): Command {
	const command = new Command('models').description('see, download, check and delete models');
	const commands = [
		new Command('list').description('what there is, and what is on disk').action(list),
		new Command('get')
			.description('download a model, or check one that is there and fetch what is wrong')
			.argument('[id]', 'default: the engine’s default model')
			.action(get),
		new Command('verify')
			.description('recompute the checksums of downloaded models')
			.argument('[id]', 'default: all that are on disk')
			.action(verify),
		new Command('remove')
			.description('delete a model’s files; indexes stay, but need the model to be searched')
			.argument('<id>')
			.option('--force', 'also a folder that was made by hand')
			.action(remove),
	];
	for (const one of commands) command.addCommand(addEngineOptions(one));
	return command;
}

async function list(options: ConnectionOptions): Promise<void> {
	const { models } = await clientOf(options).models();
	const rows = models.map((model) => [
		model.is_default ? '*' : ' ',
		model.id,
		model.progress === undefined
			? model.state
			: `${model.state} ${Math.floor(model.progress * 100)} %`,
		model.disk_bytes > 0 ? formatBytes(model.disk_bytes) : '–',
		model.precision ?? '–',
		`${model.image_size} px`,
		model.dimension > 0 ? String(model.dimension) : '–',
		model.title,
	]);
	const header = ['', 'ID', 'STATE', 'ON DISK', 'PRECISION', 'IMAGE', 'VECTOR', ''];
	for (const line of formatTable([header, ...rows])) console.log(line);
	for (const { id, problem } of models) if (problem) console.error(`note: ${id}: ${problem}`);
}

async function get(id: string | undefined, options: ConnectionOptions): Promise<void> {
	const client = clientOf(options);
	const model = await find(client, id);
	const name = model?.id ?? id!;
	if (model?.state === 'available') {
		const { ok, files } = await client.verifyModel(name);
		if (files.length === 0) return console.log(`${name} is there; no download made it.`);
		if (ok) return console.log(`${name} is there and intact (${formatBytes(model.disk_bytes)}).`);
	}
	await client.downloadModel(name);
	const stop = new AbortController();
	process.once('SIGINT', () => stop.abort());
	const last = await follow(client, name, stop.signal);
	if (stop.signal.aborted) {
		const { received_bytes: received = 0, total_bytes: total = 0 } = last ?? {};
		await client.cancelModelDownload(name);
		console.error(
			`Stopped at ${formatBytes(received)} of ${formatBytes(total)}. What has arrived is kept: the same command goes on.`,
		);
		process.exitCode = 130;
		return;
	}
	if (last?.state !== 'available') {
		const problem = last?.problem ?? 'the download was stopped';
		throw new Error(SETTING.test(problem) ? `${problem} ${WHEN_READ}` : problem);
	}
	console.log(`${name} is complete (${formatBytes(last.disk_bytes)}).`);
}

/** Draws a download's progress until it ends or `signal` does. Returns what was seen last. */
async function follow(
	client: EngineClient,
	id: string,
	signal: AbortSignal,
): Promise<Model | undefined> {
	const line = new ProgressLine();
	const lines = new ProgressLog(performance.now());
	let problem: string | undefined;
	for (;;) {
		const model = await find(client, id);
		if (model?.state !== 'downloading' && model?.state !== 'preparing') {
			line.end();
			return model;
		}
		if (model.problem !== undefined && model.problem !== problem) {
			line.end();
			console.error(`note: ${model.problem} Trying again.`);
		}
		problem = model.problem;
		const text = describeProgress({ ...model, problem: undefined });
		line.draw(model.progress ?? 0, text);
		const transfer = { received: model.progress ?? 0, total: 1 };
		// A log of a build or a container gets some lines instead of one that moves.
		if (!process.stderr.isTTY && lines.isDue(transfer, performance.now())) console.error(text);
		await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
		if (signal.aborted) {
			line.end();
			return model;
		}
	}
}

async function verify(id: string | undefined, options: ConnectionOptions): Promise<void> {
	const client = clientOf(options);
	const { models } = await client.models();
	const ids =
		id === undefined
			? models.filter(({ state }) => state === 'available' || state === 'broken')
			: [{ id }];
	const broken: string[] = [];
	for (const { id: name } of ids) {
		const { ok, files } = await client.verifyModel(name);
		if (!ok) broken.push(name);
		for (const { file, problem } of files)
			if (problem) console.error(`${name}: ${file} ${problem}`);
		if (files.length === 0) console.log(`${name}: no download made it, nothing to compare with`);
		else if (ok) {
			const bytes = files.reduce((sum, { size }) => sum + size, 0);
			console.log(`${name}: intact, ${files.length} files, ${formatBytes(bytes)}`);
		}
	}
	if (ids.length === 0) console.log('No model is on disk.');
	if (broken.length > 0) {
		throw new Error(
			`not what was downloaded; mend with ${broken.map((name) => `“semantic-image-search models get ${name}”`).join(', ')}`,
		);
	}
}

async function remove(id: string, options: ConnectionOptions & { force?: boolean }): Promise<void> {
	const { freed_bytes } = await clientOf(options).removeModel(id, { force: options.force });
	console.log(`${id} is deleted, ${formatBytes(freed_bytes)} are free.`);
}

/** @param id absent: the default model */
async function find(client: EngineClient, id: string | undefined): Promise<Model | undefined> {
	const { models } = await client.models();
	const found = models.find((model) => (id === undefined ? model.is_default : model.id === id));
	if (!found && id === undefined) {
		throw new Error(
			`SEMANTIC_IMAGE_SEARCH_MODEL names a model that does not exist. Known: ${models.map((model) => model.id).join(', ')}.`,
		);
	}
	return found;
}
