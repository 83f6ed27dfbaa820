import { Readable } from 'node:stream';
import { EngineError } from '../../errors';
import { backupName, backupPlace } from '../../index/operations/backup-place';
import { exportIndex } from '../../index/operations/export-index';
import { importIndex } from '../../index/operations/import-index';
import { restoreIndex } from '../../index/operations/restore-index';
import { removeHalfBackups, writeBackup } from '../../index/operations/write-backup';
import type { VectorIndex } from '../../index/vector-index';
import { isTcp, signalOf, type App } from '../app';
import {
	BackupRequest,
	ImportResponse,
	Job,
	Nullable,
	RestoreRequest,
	type Optimization,
} from '../contract';
import type { Engine } from '../engine';
import { IndexParams } from './indexes';

const JSON_LINES = 'application/x-ndjson';

/** What is done with an index as a whole. What takes long is a job, followed at `GET /jobs/:id`. */
export function indexOperationRoutes(app: App, engine: Engine): void {
	const { indexes, jobs, config } = engine;
	const existing = (name: string) => indexes.open(name, { create: false });
	removeHalfBackups(config.dataDir);
	const startsJob = { params: IndexParams, response: { 202: Job } };

	app.get('/indexes/:name/export', { schema: { params: IndexParams } }, async (request, reply) => {
		const index = await existing(request.params.name);
		// A buffer of one chunk: the next is made when this one has left.
		const lines = Readable.from(exportIndex(index), { objectMode: false, highWaterMark: 1 });
		return reply.type(JSON_LINES).send(lines);
	});

	// A scope of its own, since only here a body is read as it arrives, at the pace of the disk.
	void app.register(async (scope) => importRoute(scope as App, engine));

	app.post('/indexes/:name/verify', { schema: startsJob }, async (request, reply) => {
		const index = await existing(request.params.name);
		const job = jobs.start('verify', index.name, '', async (job, signal) => {
			job.verification = await index.verify(progressOf(job, signal));
		});
		return reply.status(202).send(job);
	});

	app.post('/indexes/:name/optimize', { schema: startsJob }, async (request, reply) => {
		const index = await existing(request.params.name);
		const job = jobs.start('optimize', index.name, '', async (job) => {
			const before = await weightOf(index);
			await index.optimize();
			job.optimization = { before, after: await weightOf(index) };
		});
		return reply.status(202).send(job);
	});

	app.post(
		'/indexes/:name/backup',
		{ schema: { ...startsJob, body: Nullable(BackupRequest) } },
		async (request, reply) => {
			const index = await existing(request.params.name);
			const name = request.body?.file ?? backupName(index.name, new Date());
			const file = backupPlace(config.dataDir, name, !isTcp(request));
			const job = jobs.start('backup', index.name, file, async (job, signal) => {
				const onProgress = progressOf(job, signal);
				const bytes = await writeBackup(index, file, config.dataDir, onProgress);
				job.backup = { file, bytes };
			});
			return reply.status(202).send(job);
		},
	);

	app.post(
		'/indexes/:name/restore',
		{ schema: { ...startsJob, body: RestoreRequest } },
		async (request, reply) => {
			const { name } = request.params;
			const { file: wanted, replace = false } = request.body;
			const file = backupPlace(config.dataDir, wanted, !isTcp(request));
			const job = jobs.start('restore', name, file, async (job, signal) => {
				const index = await restoreIndex(indexes, name, file, { replace, signal });
				job.restoration = { photos: await index.count() };
			});
			return reply.status(202).send(job);
		},
	);
}

function importRoute(app: App, { indexes }: Engine): void {
	app.addContentTypeParser(JSON_LINES, (_request, body, done) => done(null, body));
	app.post(
		'/indexes/:name/import',
		{ schema: { params: IndexParams, response: { 200: ImportResponse } } },
		async (request, reply): Promise<ImportResponse> => {
			const body = request.body as unknown;
			if (!(body instanceof Readable)) {
				throw new EngineError('BAD_REQUEST', `Send JSON Lines, as ${JSON_LINES}.`);
			}
			const index = await indexes.open(request.params.name, { create: true });
			// The connection outlives a failure: the answer still has to go over it.
			const lines = body.iterator({ destroyOnReturn: false });
			const { problem, ...report } = await importIndex(index, lines, signalOf(reply));
			return {
				...report,
				problem: problem && { code: problem.code, message: problem.message },
			};
		},
	);
}

/** Shows how far the work is, and ends it where the job was cancelled. */
function progressOf(job: Job, signal: AbortSignal): (done: number, of: number) => void {
	return (done, of) => {
		signal.throwIfAborted();
		job.done = done;
		job.total = of;
		job.total_known = true;
	};
}

async function weightOf(index: VectorIndex): Promise<Optimization['before']> {
	const { bytesOnDisk, image, text } = await index.stats();
	return {
		bytes_on_disk: bytesOnDisk,
		bytes_in_memory: image.bytesInMemory + text.bytesInMemory,
		unmerged: image.unmerged + text.unmerged,
		tombstones: image.tombstones + text.tombstones,
	};
}
