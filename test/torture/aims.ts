import { watch } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from './calls';
import type { Load } from './load';
import type { Random } from './random';
import type { WriterProcess } from './writer-process';

/** What a writer is meant to be doing when it is killed. */
export type Phase = 'opening' | 'writing' | 'snapshot' | 'closing';

/** A writer that waits for its end. */
export interface Target {
	writer: WriterProcess;
	/** Not started. Undefined while the index is still being opened. */
	load: Load;
	random: Random;
	durations: Durations;
	/** Of the index. */
	folder: string;
}

/** The longest that a writer is left alone. */
const MAX_WRITING_MS = 250;
/** From the first sight of a file that is being written. */
const MAX_IN_FILE_MS = 12;
/** How long we wait for something that may not happen. */
const PATIENCE_MS = 1_500;

/** How long things take here, so that a random moment of them can be chosen. */
export class Durations {
	readonly #of = new Map<Phase, number>();

	/** Milliseconds: anywhere in it, or shortly after. */
	moment(phase: Phase, random: Random): number {
		return random.next() * 1.15 * (this.#of.get(phase) ?? 30);
	}

	add(phase: Phase, ms: number): void {
		const known = this.#of.get(phase);
		this.#of.set(phase, known === undefined ? ms : 0.7 * known + 0.3 * ms);
	}
}

/** Drives the writer into a phase and kills it there. Says which phase was hit. */
export async function strike(phase: Phase, target: Target): Promise<Phase> {
	switch (phase) {
		case 'opening':
			return await whileOpening(target);
		case 'writing':
			return await whileWriting(target);
		case 'snapshot':
			return await whileWritingAFile(target);
		case 'closing':
			return await duringCall(target, 'closing', { do: 'close' });
	}
}

async function whileOpening({ writer, random, durations }: Target): Promise<Phase> {
	await writer.until(() => writer.state !== 'starting', 'starting');
	const since = performance.now();
	await Promise.race([writer.opened(), sleep(durations.moment('opening', random))]);
	const hit = writer.state === 'opening';
	if (!hit) durations.add('opening', performance.now() - since);
	await writer.kill();
	return hit ? 'opening' : 'writing';
}

async function whileWriting({ writer, load, random }: Target): Promise<Phase> {
	load.start();
	await sleep(random.next() * MAX_WRITING_MS);
	await writer.kill();
	await load.stop();
	return 'writing';
}

/** Any file but the database's own. */
async function whileWritingAFile({ writer, load, random, folder }: Target): Promise<Phase> {
	const watcher = watch(folder);
	const seen = new Promise<boolean>((resolve) => {
		watcher.on('change', (_, file) => {
			if (!String(file).startsWith('photos.db')) resolve(true);
		});
	});
	load.start();
	const hit = await Promise.race([seen, sleep(PATIENCE_MS, false)]);
	watcher.close();
	await sleep(random.next() * (hit ? MAX_IN_FILE_MS : MAX_WRITING_MS));
	await writer.kill();
	await load.stop();
	return hit ? 'snapshot' : 'writing';
}

async function duringCall(target: Target, phase: Phase, call: Call): Promise<Phase> {
	const { writer, load, random, durations } = target;
	load.start();
	await sleep((random.next() * MAX_WRITING_MS) / 2);
	if (phase === 'closing') await load.stop();
	const sent = writer.send(call);
	await writer.until(() => sent.begun, call.do);
	const since = performance.now();
	const ended = writer.until(() => sent.ended !== undefined, call.do);
	await Promise.race([ended, sleep(durations.moment(phase, random))]);
	if (sent.ended) durations.add(phase, performance.now() - since);
	await writer.kill();
	await ended.catch(() => {});
	await load.stop();
	return sent.ended ? 'writing' : phase;
}
