import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Dump } from '../../torture/calls';
import { Ledger } from '../../torture/ledger';
import { Random } from '../../torture/random';
import { Workload } from '../../torture/workload';
import { WriterProcess } from '../../torture/writer-process';
import { temporaryFolder } from '../support';

test('a second process that opens an index is refused until the first is gone, even by signal 9', async (t) => {
	const settings = { dataDir: join(temporaryFolder(t), 'data'), name: 'photos', options: {} };
	const start = () => {
		const writer = new WriterProcess(settings);
		t.after(() => writer.kill());
		return writer;
	};
	const ledger = new Ledger();
	const workload = new Workload(new Random('two processes'), 50);
	const first = start();
	await first.opened();
	const write = async () => {
		ledger.send(first, workload.next(ledger.model));
		await first.until(() => ledger.underWay === 0, 'writing');
	};
	await write();
	const second = start();
	await second.until(() => second.state === 'ended', 'opening');
	assert.match(second.why(), /INDEX_IN_USE/);
	// The first does not notice.
	await write();
	await first.kill();
	const third = start();
	await third.opened();
	ledger.reconcile(await third.ask<Dump>({ do: 'dump' }));
	await third.end();
});
