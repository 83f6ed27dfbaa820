import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { OwedText } from '../../../engine/index/vector-index';
import type { Dump } from '../../torture/calls';
import {
	checkCounts,
	checkInvariants,
	checkSearches,
	checkWords,
	Recall,
} from '../../torture/checks';
import { Ledger } from '../../torture/ledger';
import { Random } from '../../torture/random';
import { Workload } from '../../torture/workload';
import { WriterProcess } from '../../torture/writer-process';
import { temporaryFolder } from '../support';

const WRITES = 40;

test('a clock that goes back a year, and on again, changes nothing but dates', async (t) => {
	const folder = temporaryFolder(t);
	const back = join(folder, 'the-clock-went-back');
	const random = new Random('clock');
	const workload = new Workload(random, 250);
	const ledger = new Ledger();
	const recall = new Recall();
	const options = { type: { type: 'graph', graphFrom: 100, snapshotFrom: 100 } } as const;
	const open = async () => {
		const settings = { dataDir: join(folder, 'data'), name: 'photos', options };
		const writer = new WriterProcess(settings, {
			execArgv: ['--require', join(__dirname, 'clock-preload.js')],
			env: { ...process.env, CLOCK_WENT_BACK: back },
		});
		t.after(() => writer.kill());
		await writer.opened();
		return writer;
	};
	let writer = await open();

	async function work(): Promise<void> {
		for (let n = 0; n < WRITES; n++) ledger.send(writer, workload.next(ledger.model));
		await writer.until(() => ledger.underWay === 0, 'writing');
		const owed = await writer.ask<OwedText[]>({ do: 'owed', limit: 20 });
		ledger.send(writer, workload.payment(owed, ledger.model));
		await writer.until(() => ledger.underWay === 0, 'paying');
	}
	async function check(): Promise<void> {
		const dump = await writer.ask<Dump>({ do: 'dump' });
		ledger.reconcile(dump);
		checkCounts(dump, ledger.settled);
		await checkInvariants(writer);
		await checkWords(writer, ledger.settled);
		await checkSearches(writer, ledger.settled, random, recall);
	}
	function datedLastYear(): number {
		const file = join(folder, 'data', 'indexes', 'photos', 'photos.db');
		const db = new DatabaseSync(file, { readOnly: true });
		const sql = "SELECT count(*) AS n FROM photos WHERE indexed_at < datetime('now', '-300 days')";
		const { n } = db.prepare(sql).get()!;
		db.close();
		return Number(n);
	}
	async function restart(): Promise<void> {
		await writer.ask({ do: 'close' });
		await writer.end();
		writer = await open();
	}

	await work();
	writeFileSync(back, '');
	await work();
	assert.ok(datedLastYear() > 0, 'the clock did not go back');
	await check();
	await restart();
	await check();
	await work();
	await restart();
	rmSync(back);
	await check();
	await work();
	await restart();
	await check();
	await writer.end();
	assert.ok(recall.share > 0.97, `recall is ${recall.share}`);
});
