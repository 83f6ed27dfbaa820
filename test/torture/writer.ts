/**
 * The process that is killed. It opens the index that its settings (argv[2], JSON) name and performs
 * the calls it reads, one a line, all at once as they come. What it answers is written by a system
 * call of its own before anything else happens: once the parent's end of the pipe holds it, no signal
 * can take it back.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createIndexStore } from '../../engine/index/index-store';
import { asEngineError } from '../../engine/errors';
import type { Call } from './calls';
import { perform } from './perform';
import type { Message, WriterSettings } from './writer-process';

function say(message: Message): void {
	const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
	for (let done = 0; done < bytes.length; ) {
		try {
			done += writeSync(1, bytes, done);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
			// The pipe is full.
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
		}
	}
}

async function main(): Promise<void> {
	const { dataDir, name, options } = JSON.parse(process.argv[2]!) as WriterSettings;
	const log = (level: string) => (text: string) => say({ is: 'log', level, text });
	const logger = { info: log('info'), warn: log('warn'), error: log('error') };
	const store = createIndexStore({ ...options, dataDir, logger });
	say({ is: 'opening' });
	const index = await store.open(name, { create: true });
	say({ is: 'open' });
	for await (const line of createInterface({ input: process.stdin })) {
		const { id, call } = JSON.parse(line) as { id: number; call: Call };
		say({ is: 'begun', id });
		perform(store, index, call).then(
			(answer) => say({ is: 'done', id, answer }),
			(error: unknown) => say({ is: 'failed', id, error: asEngineError(error).toJSON() }),
		);
	}
}

main().catch((error: unknown) => {
	say({ is: 'broken', error: asEngineError(error).toJSON() });
	process.exit(1);
});
