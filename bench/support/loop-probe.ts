import { once } from 'node:events';
import type { N8n } from '../../test/harness/n8n';
import type { LoopReading } from './loop-monitor';

export const LOOP_MONITOR = require.resolve('./loop-monitor');

/** The event loop and memory of an n8n that was started with {@link LOOP_MONITOR} preloaded. */
export class LoopProbe {
	constructor(private readonly n8n: N8n) {}

	/** The reading over exactly this work, and what the work came to. */
	async during<T>(work: () => Promise<T>): Promise<[T, LoopReading]> {
		this.n8n.process.send('reset');
		const result = await work();
		return [result, await this.read()];
	}

	private async read(): Promise<LoopReading> {
		this.n8n.process.send('read');
		for (;;) {
			const [message] = (await once(this.n8n.process, 'message')) as [{ reading?: LoopReading }];
			if (message.reading) return message.reading;
		}
	}
}
