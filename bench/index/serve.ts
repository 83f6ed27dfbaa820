/** Process with the engine's whole HTTP service over an index, which is also searched past it. */
import { createServer } from 'node:http';
import { pino } from 'pino';
import { Activity } from '../../engine/service/activity';
import { createApp } from '../../engine/service/app';
import { readConfig } from '../../engine/service/config';
import { createEngine } from '../../engine/service/engine';
import { answerLines } from './line-server';
import type { ProbeOptions } from './probe';
import { Queries, search, type SearchRequest } from './searches';

const options = JSON.parse(process.argv[2]!) as ProbeOptions;
const queries = new Queries(options.queryFiles, options.queries);
const log = pino({ level: 'warn' }, pino.destination(2));
const engine = createEngine(
	readConfig({
		...process.env,
		SEMANTIC_IMAGE_SEARCH_DATA: options.dataDir,
		SEMANTIC_IMAGE_SEARCH_INDEX_TYPE: options.type,
	}),
	log,
);

const handlers = {
	/** As engine/service/main.ts does. */
	async listen({ socket }: { socket: string }) {
		const app = await createApp({
			engine,
			activity: new Activity(),
			stop: () => {},
			stopping: () => false,
		});
		await app.ready();
		const server = createServer(app.routing);
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(socket, resolve);
		});
	},

	async search(request: SearchRequest) {
		const index = await engine.indexes.open(options.index, { create: false });
		return await search(index, queries, request);
	},

	async close() {
		await engine.close();
	},
};
export type ServeHandlers = typeof handlers;

void answerLines(handlers);
