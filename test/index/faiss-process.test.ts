import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { installation } from '../../engine/index/faiss/installation';
import { until } from '../harness/until';
import { clusteredVectors } from './support';
import {
	closedWithSnapshot,
	COUNT,
	covered,
	DIMENSION,
	isAlive,
	needsFaiss,
	newStore,
	open,
	QUERIES,
	recallAt10,
	type Opened,
} from './faiss-support';

const GOOD = 0.98;
const MANY = clusteredVectors(8_000, DIMENSION, { seed: 3 });

/** Ends the FAISS process that is running now, once there is one. */
async function end({ process: faiss }: Opened, signal: NodeJS.Signals): Promise<void> {
	const pid = await until('the FAISS process', () => faiss.pid, { everyMs: 5 });
	process.kill(pid, signal);
	await until('its death', () => faiss.pid !== pid, { everyMs: 5 });
}

/** Whether a file is there whose name contains this. */
const hasFile = ({ store }: Opened, part: string) =>
	readdirSync(store.folder).some((file) => file.includes(part));

for (const signal of ['SIGKILL', 'SIGABRT'] as const) {
	test(`${signal} while it searches ends no search in an error, and it comes back`, async (t) => {
		if (!needsFaiss(t)) return;
		const opened = open(t);
		await covered(opened);
		const searches = QUERIES.map((query) => opened.accelerator.search(query, 10));
		process.kill(opened.process.pid!, signal);
		for (const found of await Promise.all(searches)) assert.ok(!found || found.length >= 10);
		await until('its death', () => opened.accelerator.coveredTo === -1, { everyMs: 1 });
		assert.equal(await opened.accelerator.search(QUERIES[0]!, 10), undefined);
		await covered(opened);
		assert.ok((await recallAt10(opened)) >= GOOD);
	});
}

test('killed while it builds, it builds again', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t, { store: newStore(t, MANY) });
	await end(opened, 'SIGKILL');
	await covered(opened);
	assert.ok((await recallAt10(opened)) >= GOOD);
	assert.match(opened.warnings.join(), /ended by SIGKILL\) and is started again/);
});

test('killed while it writes, it leaves the snapshot from before, or a whole one', async (t) => {
	if (!needsFaiss(t)) return;
	const store = await closedWithSnapshot(t);
	const before = store.snapshot('faiss')!;
	store.put(MANY);
	const opened = open(t, { store });
	await until('a file being written', () => hasFile(opened, '.tmp'), { everyMs: 1 });
	await end(opened, 'SIGKILL');
	assert.equal(store.snapshot('faiss')!.checksum, before.checksum);
	await covered(opened, COUNT);
	await opened.accelerator.optimize();
	await covered(opened);
	await opened.accelerator.close();
	assert.equal(store.snapshot('faiss')!.rows, COUNT + MANY.length);
	const files = readdirSync(store.folder).filter((file) => file.includes('.faiss'));
	assert.deepEqual(files, [store.snapshot('faiss')!.file]);
});

test('killed while it loads, the snapshot is not loaded again but built anew', async (t) => {
	if (!needsFaiss(t)) return;
	const store = await closedWithSnapshot(t);
	const setLoading = store.setLoading.bind(store);
	let opened: Opened | undefined = undefined;
	store.setLoading = async (type, loading) => {
		await setLoading(type, loading);
		if (loading) process.kill(opened!.process.pid!, 'SIGKILL');
	};
	opened = open(t, { store });
	await covered(opened);
	assert.match(opened.warnings.join(), /did not end/);
	assert.ok((await recallAt10(opened)) >= GOOD);
});

test('dying again and again, it is left alone, and that is said once', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t, { maxDeaths: 3 });
	for (let i = 0; i < 3; i++) {
		await covered(opened);
		await end(opened, 'SIGKILL');
	}
	const { available, reason } = opened.process.availability();
	assert.equal(available, false);
	assert.match(reason ?? '', /died 3 times .* SIGKILL/);
	opened.accelerator.poke();
	await opened.accelerator.optimize();
	assert.equal(opened.process.pid, undefined);
	assert.equal(await opened.accelerator.search(QUERIES[0]!, 10), undefined);
	assert.equal(opened.warnings.filter((line) => line.includes('left alone')).length, 1);
});

test('an index that ends it time after time does without, and others keep it', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t, { store: newStore(t, MANY), maxDeaths: 100 });
	const others = open(t);
	await covered(others);
	await until(
		'giving up',
		async () => {
			const pid = opened.process.pid;
			if (pid !== undefined) process.kill(pid, 'SIGKILL');
			return opened.accelerator.broken;
		},
		{ everyMs: 50 },
	);
	assert.match(opened.warnings.at(-1)!, /not used for it until the next start.*3 times/);
	assert.equal(opened.process.broken, undefined);
	assert.ok((await recallAt10(others)) >= GOOD);
});

test('hung, it keeps no search waiting, and is ended', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t, { hangMs: 400 });
	await covered(opened);
	const pid = opened.process.pid!;
	process.kill(pid, 'SIGSTOP');
	const started = performance.now();
	assert.equal(await opened.accelerator.search(QUERIES[0]!, 10), undefined);
	assert.ok(performance.now() - started < 5_000);
	await until('its end', async () => {
		await opened.accelerator.search(QUERIES[0]!, 10);
		return opened.process.pid !== pid;
	});
	await covered(opened);
	assert.ok((await recallAt10(opened)) >= GOOD);
});

test('it ends when the last index is closed, and not before', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t);
	await covered(opened);
	const pid = opened.process.pid!;
	const release = opened.process.retain(() => {});
	await opened.accelerator.close();
	assert.ok(isAlive(pid));
	await release();
	assert.ok(!isAlive(pid));
	assert.deepEqual(opened.warnings, []);
});

test('it ends when the engine is killed, also in the middle of a build', async (t) => {
	if (!needsFaiss(t)) return;
	const store = newStore(t, MANY);
	const engine = fork(join(__dirname, 'faiss-engine.js'), [store.folder]);
	t.after(() => engine.kill('SIGKILL'));
	const pid = await new Promise<number>((resolve) => engine.once('message', resolve));
	assert.ok(isAlive(pid));
	engine.kill('SIGKILL');
	await until('its end', () => !isAlive(pid));
});

test('signals that a terminal sends to all do not end it before the engine', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t);
	await covered(opened);
	const pid = opened.process.pid!;
	process.kill(pid, 'SIGINT');
	process.kill(pid, 'SIGTERM');
	assert.ok((await recallAt10(opened)) >= GOOD);
	assert.equal(opened.process.pid, pid);
});

test('where faiss-node does not load that is said once, and no process stays', async (t) => {
	if (!needsFaiss(t)) return;
	const folder = temporary(t);
	const block = join(folder, 'block.cjs');
	writeFileSync(
		block,
		`const { Module } = require('node:module');
		const load = Module._load;
		Module._load = (name, ...rest) => {
			if (name === 'faiss-node') throw new Error('libgomp.so.1: cannot open\\nmore');
			return load(name, ...rest);
		};`,
	);
	const before = process.env.NODE_OPTIONS;
	process.env.NODE_OPTIONS = `--require ${block}`;
	t.after(() => {
		if (before === undefined) delete process.env.NODE_OPTIONS;
		else process.env.NODE_OPTIONS = before;
	});
	const opened = open(t);
	await until('giving up', () => opened.process.broken);
	await opened.accelerator.optimize();
	assert.equal(opened.process.pid, undefined);
	assert.deepEqual(opened.warnings, [
		'FAISS is left alone until the next start: faiss-node does not load: libgomp.so.1: cannot open',
	]);
});

test('a folder that vanished is an error of its own, and no abort', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t);
	await covered(opened);
	const { pid } = opened.process;
	for (const file of readdirSync(opened.store.folder)) {
		if (file.includes('.faiss')) rmSync(join(opened.store.folder, file));
	}
	opened.store.put(MANY);
	// FAISS would write to a path that is no file's, and abort.
	const { SnapshotFiles } = await import('../../engine/index/faiss/snapshot-files.js');
	t.mock.method(SnapshotFiles.prototype, 'path', (name: string) => join('/nowhere', name));
	await opened.accelerator.optimize();
	assert.equal(opened.process.pid, pid);
	assert.match(opened.accelerator.broken ?? '', /ENOENT/);
	assert.equal(await opened.accelerator.search(QUERIES[0]!, 10), undefined);
});

test('the installation says where the binary is from, or what to do', (t) => {
	const folder = temporary(t);
	const build = join(folder, 'build');
	assert.match(installation(folder).reason ?? '', /no native part yet.*build-faiss\.mjs/);
	mkdirSync(join(build, 'Release'), { recursive: true });
	writeFileSync(join(build, 'faiss-build.json'), '{"failed":"no compiler"}');
	assert.match(installation(folder).reason ?? '', /last time: no compiler/);
	writeFileSync(join(build, 'Release', 'faiss-node.node'), '');
	writeFileSync(join(build, 'faiss-build.json'), '{"library":"1.7.3"}');
	assert.deepEqual(installation(folder), { binary: 'compiled', library: '1.7.3' });
	writeFileSync(join(build, 'faiss-build.json'), '{"fetched":true}');
	assert.deepEqual(installation(folder), { binary: 'prebuilt' });
	rmSync(join(build, 'faiss-build.json'));
	assert.deepEqual(installation(folder), { binary: 'installed' });
});

function temporary(t: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'faiss-test-'));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}
