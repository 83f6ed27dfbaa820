import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openIndex, randomNumbers, temporaryFolder } from './support';

const KILLS = 20;

/** Runs the writer from photo `first` on and kills it; the photos it had acknowledged. */
async function writeAndKill(dataDir: string, first: number, afterMs: number): Promise<number[]> {
	const writer = join(__dirname, 'crash-writer.js');
	const child = spawn(process.execPath, [writer, dataDir, String(first)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		// The clock starts with the first acknowledgement: before it there is nothing to lose.
		if (output === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
		output += text;
	});
	await new Promise((resolve) => child.on('close', resolve));
	assert.equal(child.signalCode, 'SIGKILL', 'the writer ended by itself');
	const whole = output.slice(0, output.lastIndexOf('\n'));
	return whole.split(/\s/).map(Number);
}

test(`kill -9 at ${KILLS} random moments loses no acknowledged photo and leaves none half`, async (t) => {
	const dataDir = temporaryFolder(t);
	const random = randomNumbers(Date.now());
	const acknowledged: number[] = [];
	for (let kill = 0; kill < KILLS; kill++) {
		const first = kill * 100_000;
		acknowledged.push(...(await writeAndKill(dataDir, first, random() * 250)));
	}
	const { index, store } = await openIndex(t, { dataDir, faissThreshold: 300 });
	const ids = acknowledged.map((n) => `p${n}`);
	const stored = await index.getMany(ids);
	assert.deepEqual(
		ids.filter((id) => !stored.has(id)),
		[],
	);
	const all = await index.ids({});
	const { image, text, photos } = await index.stats();
	assert.deepEqual([photos, image.count, text.count], [all.length, all.length, all.length]);
	for (const id of all) {
		const hits = await index.searchKeywords([id.replace('p', 'word')], 2);
		assert.deepEqual(
			hits.map((hit) => hit.id),
			[id],
		);
	}
	await store.close();
	const db = new DatabaseSync(join(dataDir, 'indexes', 'photos', 'photos.db'));
	assert.deepEqual({ ...db.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
	db.exec("INSERT INTO words (words) VALUES ('integrity-check')");
	db.close();
	t.diagnostic(`${acknowledged.length} photos acknowledged, ${all.length} stored`);
});
