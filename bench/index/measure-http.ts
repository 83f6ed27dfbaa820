import { join } from 'node:path';
import { percentile } from '../support/timing';
import type { Dataset } from './dataset';
import { latency, round } from './figures';
import { HttpSearch } from './http-search';
import { LineProcess } from './line-process';
import type { ProbeOptions } from './probe';
import { Queries } from './searches';
import type { ServeHandlers } from './serve';

const K = 10;
const TURNS = 8;

/**
 * What the HTTP interface costs: whole requests over a unix socket, and the same queries past it in
 * the same process, in turns.
 *
 * @param timed queries of each
 */
export async function measureHttp(
	dataset: Dataset,
	options: ProbeOptions,
	scratch: string,
	timed: number,
) {
	const server = LineProcess.node<ServeHandlers>(join(__dirname, 'serve.js'), options);
	const socket =
		process.platform === 'win32'
			? `\\\\.\\pipe\\bench-index-${process.pid}`
			: join(scratch, 'http.sock');
	const http = new HttpSearch(socket, options.index);
	try {
		await server.call('listen', { socket });
		const queries = new Queries(options.queryFiles, dataset.queryDraws);
		const whole: number[] = [];
		const bare: number[] = [];
		const each = Math.ceil(timed / TURNS);
		// The first turn warms up.
		for (let turn = -1; turn < TURNS; turn++) {
			const from = (turn + 1) * each;
			const request = { kind: 'image' as const, from, count: each, k: K };
			const { ms } = await server.call('search', request);
			if (turn >= 0) bare.push(...ms);
			for (let nth = from; nth < from + each; nth++) {
				const took = await http.nearest('image', queries.get('image', nth), K);
				if (turn >= 0) whole.push(took);
			}
		}
		await server.call('close');
		return {
			overheadMs: round(percentile(whole, 0.5) - percentile(bare, 0.5), 3),
			http: latency(whole),
			bare: latency(bare),
		};
	} finally {
		http.close();
		await server.kill();
	}
}
