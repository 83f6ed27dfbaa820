import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Dump, Write } from '../../torture/calls';
import { checkInvariants } from '../../torture/checks';
import { Ledger } from '../../torture/ledger';
import { prefixOf } from '../../torture/mismatch';
import { Model } from '../../torture/model';
import { Random } from '../../torture/random';
import { Workload } from '../../torture/workload';
import { WriterProcess } from '../../torture/writer-process';
import { temporaryFolder } from '../support';

const WRITES = 24;
const PLACES = 6;

const open = (dataDir: string) => new WriterProcess({ dataDir, name: 'photos', options: {} });

test('a damaged write-ahead log keeps every transaction before the damage, and no part of one', async (t) => {
	const dataDir = join(temporaryFolder(t), 'data');
	const damaged = join(dataDir, '..', 'damaged');
	const random = new Random('write-ahead log');
	const workload = new Workload(random, 100);
	const ledger = new Ledger();
	const writes: Write[] = [];
	const writer = open(dataDir);
	await writer.opened();
	const log = join('indexes', 'photos', 'photos.db-wal');
	/** Bytes of the log after each write. */
	const sizes: number[] = [];
	while (writes.length < WRITES) {
		const write = workload.next(ledger.model);
		ledger.send(writer, write);
		writes.push(write);
		await writer.until(() => ledger.underWay === 0, write.do);
		sizes.push(statSync(join(dataDir, log)).size);
	}
	await writer.kill();
	const whole = readFileSync(join(dataDir, log));
	for (let place = 0; place < PLACES; place++) {
		// Behind the schema's own transactions.
		const at = random.int(sizes[0]! + 1, whole.length - 1);
		rmSync(damaged, { recursive: true, force: true });
		cpSync(dataDir, damaged, { recursive: true });
		if (place % 2 === 0) {
			const bytes = Buffer.from(whole);
			bytes[at]! ^= 0x10;
			writeFileSync(join(damaged, log), bytes);
		} else truncateSync(join(damaged, log), at);
		const reader = open(damaged);
		await reader.opened();
		const dump = await reader.ask<Dump>({ do: 'dump' });
		const before = sizes.filter((size) => size <= at).length;
		const kept = prefixOf(dump, new Model(), writes, before);
		assert.ok(kept < writes.length, 'the damage did nothing');
		await checkInvariants(reader);
		await reader.end();
	}
});
