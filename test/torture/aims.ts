import { watch } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KindStats } from '../../engine/index/vector-index';
import type { Call } from './calls';
import type { Ledger, Span } from './ledger';
import type { Load } from './load';
import type { Hit } from './outcome';
import type { Random } from './random';
import type { Workload } from './workload';
import type { Sent, WriterProcess } from './writer-process';

/** What a writer is meant to be doing when it is killed. */
export type Phase =
	| 'opening'
	| 'writing'
	| 'merge'
	| 'snapshot'
	| 'closing'
	| 'backup'
	| 'optimize'
	| 'drop';

/** A writer that waits for its end. */
export interface Target {
	writer: WriterProcess;
	/** Not started. Undefined while the index is still being opened. */
	load: Load;
	ledger: Ledger;
	workload: Workload;
	random: Random;
	durations: Durations;
	/** Of the index. */
	folder: string;
	/** Where a backup may be written. */
	backupFile: string;
}

export interface Struck {
	/** What was really hit. */
	hit: Hit;
	/** What a backup may hold, if one was begun. */
	backup?: Span;
}

/** The longest that a writer is left alone. */
const MAX_WRITING_MS = 250;
/** Between two looks whether there is something to merge. */
const MAX_MERGE_MS = 20;
/** From the first sight of a file that is being written. */
const MAX_IN_FILE_MS = 12;
/** From the answer to a drop: its vectors are being deleted. */
const MAX_SWEEP_MS = 10;
/** How long we wait for something that may not happen. */
const PATIENCE_MS = 1_500;

/** How long things take here, so that a random moment of them can be chosen. */
export class Durations {
	readonly #of = new Map<string, number>();

	/** Milliseconds: anywhere in it, or shortly after. The first time, when it is over. */
	moment(phase: string, random: Random): number {
		return random.next() * 1.25 * (this.#of.get(phase) ?? Infinity);
	}

	add(phase: string, ms: number): void {
		const known = this.#of.get(phase);
		this.#of.set(phase, known === undefined ? ms : 0.7 * known + 0.3 * ms);
	}
}

/** Drives the writer into a phase and kills it there. */
export async function strike(phase: Phase, target: Target): Promise<Struck> {
	switch (phase) {
		case 'opening':
			return { hit: await whileOpening(target) };
		case 'writing':
			return { hit: await whileWriting(target) };
		case 'merge':
			return { hit: await whileMerging(target) };
		case 'snapshot':
			return { hit: await whileWritingAFile(target) };
		case 'closing':
			return await duringCall(target, phase, { do: 'close' });
		case 'optimize':
			return await duringCall(target, phase, { do: 'optimize' });
		case 'backup':
			return await duringCall(target, phase, { do: 'backup', file: target.backupFile });
		case 'drop':
			return { hit: await whileDropping(target) };
	}
}

async function whileOpening({ writer, random, durations }: Target): Promise<Hit> {
	await writer.until(() => writer.state !== 'starting', 'starting');
	const since = performance.now();
	await Promise.race([writer.opened(), moment(durations.moment('opening', random))]);
	const hit = writer.state === 'opening';
	if (!hit) durations.add('opening', performance.now() - since);
	await writer.kill();
	return hit ? 'opening' : 'idle';
}

async function whileWriting({ writer, load, random }: Target): Promise<Hit> {
	load.start();
	await sleep(random.next() * MAX_WRITING_MS);
	await writer.kill();
	await load.stop();
	return 'writing';
}

/** New vectors go into the graph in steps, beside everything else. */
async function whileMerging({ writer, load, random }: Target): Promise<Hit> {
	load.start();
	const unmerged = async () => (await writer.ask<KindStats>({ do: 'stats' })).unmerged;
	const deadline = Date.now() + PATIENCE_MS;
	let hit: boolean;
	do {
		await sleep(random.next() * MAX_MERGE_MS);
		hit = (await unmerged()) > 0;
	} while (!hit && Date.now() < deadline);
	await writer.kill();
	await load.stop();
	return hit ? 'merge' : 'writing';
}

/** Any file but the database's own and the lock. */
async function whileWritingAFile({ writer, load, random, folder }: Target): Promise<Hit> {
	const watcher = watch(folder);
	const seen = new Promise<boolean>((resolve) => {
		watcher.on('change', (_, file) => {
			if (!/^(photos\.db|index\.lock)/.test(String(file))) resolve(true);
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

/** A generation with a vector for every photo. Alone, as always: its place among writes is not known. */
async function whileDropping(target: Target): Promise<Hit> {
	const { writer, ledger, workload } = target;
	const settled = () => ledger.underWay === 0;
	const generation = workload.spareGeneration(ledger.model);
	if (!generation) return await whileWriting(target);
	const { kind, model } = generation;
	if (!ledger.model.generations.find(kind, model)) ledger.send(writer, generation);
	for (let fill; (fill = workload.fill(ledger.model, kind, model)); ) ledger.send(writer, fill);
	await writer.until(settled, 'filling a generation');
	const sent = ledger.send(writer, { do: 'drop', kind, model });
	if (target.random.chance(0.5)) {
		await killDuring(target, 'drop', sent);
	} else {
		await writer.until(() => sent.ended !== undefined, 'drop');
		await sleep(target.random.next() * MAX_SWEEP_MS);
		await writer.kill();
	}
	return 'drop';
}

async function duringCall(target: Target, phase: Phase, call: Call): Promise<Struck> {
	const { writer, load, ledger, random } = target;
	load.start();
	await sleep((random.next() * MAX_WRITING_MS) / 2);
	if (phase === 'closing') await load.stop();
	const span = ledger.beginSpan();
	const sent = writer.send(call);
	await killDuring(target, phase, sent, () => ledger.endSpan(span));
	ledger.endSpan(span);
	await load.stop();
	if (sent.ended && 'error' in sent.ended) {
		throw new Error(`${call.do} failed: ${JSON.stringify(sent.ended.error)}`);
	}
	const late = phase === 'closing' ? 'idle' : 'writing';
	const backup = phase === 'backup' ? { backup: span } : {};
	return { hit: sent.ended ? late : phase, ...backup };
}

/** Kills the writer somewhere in a call that was sent, or shortly after it. */
export async function killDuring(
	{ writer, random, durations }: Pick<Target, 'writer' | 'random' | 'durations'>,
	phase: string,
	sent: Sent,
	onEnd: () => void = () => {},
): Promise<void> {
	await writer.until(() => sent.begun, phase);
	const since = performance.now();
	const ended = writer
		.until(() => sent.ended !== undefined, phase)
		.then(() => {
			onEnd();
			durations.add(phase, performance.now() - since);
		});
	// Killed, it never ends.
	ended.catch(() => {});
	await Promise.race([ended, moment(durations.moment(phase, random))]);
	await writer.kill();
}

/** Resolves after so many milliseconds; never, if they are infinite. */
export const moment = (ms: number) => (ms === Infinity ? new Promise(() => {}) : sleep(ms));
