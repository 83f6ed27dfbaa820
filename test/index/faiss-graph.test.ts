import assert from 'node:assert/strict';
import {
	closeSync,
	openSync,
	readdirSync,
	readFileSync,
	statSync,
	truncateSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readHnswHeader } from '../../engine/index/faiss/child/hnsw-file';
import { until } from '../harness/until';
import { clusteredVectors } from './support';
import {
	ask,
	closedWithSnapshot,
	COUNT,
	covered,
	DIMENSION,
	needsFaiss,
	newStore,
	open,
	OTHER_GENERATION,
	QUERIES,
	recallAt10,
	VECTORS,
	type TestStore,
} from './faiss-support';

const GOOD = 0.98;

function files({ folder }: TestStore): string[] {
	return readdirSync(folder).filter((file) => file.includes('.faiss'));
}

function snapshotFile(store: TestStore): string {
	const [file, ...others] = files(store);
	assert.ok(file);
	assert.deepEqual(others, []);
	return join(store.folder, file);
}

test('FAISS names what an exact search finds, best first', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t);
	assert.equal(opened.accelerator.coveredTo, -1);
	assert.equal(await opened.accelerator.search(QUERIES[0]!, 10), undefined);
	await covered(opened);
	assert.ok((await recallAt10(opened)) >= GOOD);
	const [first] = await ask(opened, VECTORS[7]!, 5);
	assert.equal(first, 8, 'seqs begin with 1');
	const { recall, covered: rows, bytesInMemory, lastMerge } = opened.accelerator.stats();
	assert.ok(recall! >= GOOD);
	assert.equal(rows, COUNT);
	assert.ok(bytesInMemory >= COUNT * DIMENSION && bytesInMemory < COUNT * (DIMENSION + 400));
	assert.ok(Date.parse(lastMerge!) <= Date.now());
});

test('a search is as wide as was measured, not as FAISS begins', async (t) => {
	if (!needsFaiss(t)) return;
	const store = await closedWithSnapshot(t);
	const { efSearch, efConstruction } = readHnswHeader(snapshotFile(store));
	assert.equal(efConstruction, 100);
	assert.ok(efSearch >= 64);
	assert.equal(store.snapshot('faiss')!.facts.efSearch, efSearch);
});

test('as many are named as were asked for, or as there are, or else it does not answer', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t);
	await covered(opened);
	for (const k of [1, 10]) assert.ok((await ask(opened, QUERIES[1]!, k)).length >= k);
	assert.equal(await opened.accelerator.search(QUERIES[1]!, 1e9), undefined);
});

test('it answers as deep as searches rank, and no deeper than it was found to be right', async (t) => {
	if (!needsFaiss(t)) return;
	const store = await closedWithSnapshot(t);
	const snapshot = store.snapshot('faiss')!;
	assert.equal(snapshot.facts.depth, 256);
	const deep = open(t, { store });
	await covered(deep);
	let found = 0;
	for (const query of QUERIES) {
		const truth = new Set(store.nearest(query, 200));
		found += (await ask(deep, query, 200)).filter((seq) => truth.has(seq)).length;
	}
	assert.ok(found / (200 * QUERIES.length) >= 0.93);
	await deep.accelerator.close();
	await store.commitSnapshot('faiss', { ...snapshot, facts: { ...snapshot.facts, depth: 10 } }, []);
	const shallow = open(t, { store });
	await covered(shallow);
	assert.ok((await recallAt10(shallow)) >= GOOD);
	for (const k of [11, 50, 256]) {
		assert.equal(await shallow.accelerator.search(QUERIES[0]!, k), undefined);
	}
});

test('a query FAISS would abort on is not answered, and nothing dies', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t);
	await covered(opened);
	const { pid } = opened.process;
	const bad = [new Float32Array(0), new Float32Array(3), new Float32Array(DIMENSION).fill(NaN)];
	for (const query of bad) assert.equal(await opened.accelerator.search(query, 5), undefined);
	for (const k of [0, -1, NaN]) {
		assert.equal((await opened.accelerator.search(QUERIES[0]!, k))?.length ?? 0, 0);
	}
	assert.equal(opened.process.pid, pid);
	assert.deepEqual(opened.warnings, []);
});

test('vectors written later are merged, and those of other generations are not', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t);
	await covered(opened);
	const [other] = opened.store.put([QUERIES[0]!], OTHER_GENERATION);
	const seqs = opened.store.put(QUERIES);
	opened.accelerator.poke();
	await opened.accelerator.optimize();
	assert.equal(opened.accelerator.coveredTo, seqs.at(-1));
	for (const [i, query] of QUERIES.entries()) {
		const found = await ask(opened, query, 5);
		assert.equal(found[0], seqs[i]);
		assert.ok(!found.includes(other!));
	}
});

test('enough new vectors are merged without being asked to', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t);
	await covered(opened);
	opened.store.put(clusteredVectors(600, DIMENSION, { seed: 5 }));
	opened.accelerator.poke();
	await covered(opened);
	assert.ok((await recallAt10(opened)) >= GOOD);
});

test('where many are deleted more are named, so that enough are left', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t);
	await covered(opened);
	opened.store.remove([...opened.store.held.keys()].filter((seq) => seq % 4 === 0));
	await until('the deletions to be noticed', async () => {
		opened.accelerator.poke();
		const found = await opened.accelerator.search(QUERIES[0]!, 10);
		return found && found.filter((seq) => opened.store.held.has(seq)).length >= 47;
	});
	assert.ok((await recallAt10(opened)) >= GOOD);
});

test('a graph of mostly deleted vectors is built anew', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t);
	await covered(opened);
	opened.store.remove([...opened.store.held.keys()].slice(0, 900));
	opened.accelerator.poke();
	await until('a smaller graph', () => opened.accelerator.stats().covered === COUNT - 900);
	await covered(opened);
	assert.ok((await recallAt10(opened)) >= GOOD);
	assert.equal(opened.store.snapshot('faiss')!.rows, COUNT - 900);
});

test('a graph that no longer finds what is stored is built anew', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t);
	await covered(opened);
	// Other vectors under the same seqs, which never happens by itself.
	opened.store.exec(`
		CREATE TEMP TABLE mirrored AS SELECT ${COUNT + 1} - seq AS seq, vector, checksum FROM vectors;
		UPDATE vectors SET vector = mirrored.vector, checksum = mirrored.checksum
			FROM mirrored WHERE mirrored.seq = vectors.seq;
	`);
	for (const [i, vector] of VECTORS.entries()) opened.store.held.set(COUNT - i, vector);
	assert.ok((await recallAt10(opened)) < 0.5);
	opened.store.put(clusteredVectors(600, DIMENSION, { seed: 5 }));
	opened.accelerator.poke();
	await until('recall', async () => (await recallAt10(opened)) >= GOOD, { timeoutMs: 60_000 });
	assert.match(opened.warnings.join(), /finds only/);
});

test('a damaged vector is left out, and the others are found', async (t) => {
	if (!needsFaiss(t)) return;
	const store = newStore(t);
	store.exec("UPDATE vectors SET vector = x'00ff' WHERE seq = 5");
	store.exec('UPDATE vectors SET vector = zeroblob(256) WHERE seq = 6');
	const opened = open(t, { store });
	await covered(opened);
	assert.equal(opened.accelerator.stats().covered, COUNT - 2);
	const found = await ask(opened, VECTORS[6]!, 3);
	assert.equal(found[0], 7);
	assert.deepEqual(await opened.accelerator.verify(), []);
});

test('a dimension that never varies is no division by zero', async (t) => {
	if (!needsFaiss(t)) return;
	const flat = VECTORS.map((vector) => {
		const copy = vector.slice();
		copy[3] = 0;
		const length = Math.hypot(...copy);
		return copy.map((value) => value / length);
	});
	const opened = open(t, { store: newStore(t, flat) });
	await covered(opened);
	assert.ok((await recallAt10(opened)) >= GOOD);
});

test('below the minimum no process is started for it', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t, { store: newStore(t, VECTORS.slice(0, 300)) });
	await opened.accelerator.optimize();
	assert.equal(opened.process.pid, undefined);
	assert.equal(opened.accelerator.coveredTo, -1);
});

test('an index that has shrunk gives its graph up', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t);
	await covered(opened);
	opened.store.remove([...opened.store.held.keys()].slice(100));
	await opened.accelerator.optimize();
	assert.equal(opened.accelerator.coveredTo, -1);
	assert.deepEqual(files(opened.store), []);
});

test('a restart loads the snapshot instead of building', async (t) => {
	if (!needsFaiss(t)) return;
	const store = await closedWithSnapshot(t);
	const file = snapshotFile(store);
	const opened = open(t, { store });
	await covered(opened);
	assert.equal(snapshotFile(store), file);
	assert.deepEqual(opened.warnings, []);
	assert.ok((await recallAt10(opened)) >= GOOD);
});

test('changes made without FAISS are seen by a snapshot from before', async (t) => {
	if (!needsFaiss(t)) return;
	const store = await closedWithSnapshot(t);
	store.remove([...store.held.keys()].slice(0, 100));
	store.put(QUERIES);
	const opened = open(t, { store });
	await covered(opened, COUNT);
	await opened.accelerator.optimize();
	await covered(opened);
	assert.ok((await recallAt10(opened)) >= GOOD);
});

const DAMAGES: Record<string, (file: string) => void> = {
	'torn at half its length': (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
	'with one byte flipped': (file) => {
		const at = Math.floor(statSync(file).size / 3);
		const byte = readFileSync(file)[at]! ^ 0xff;
		const fd = openSync(file, 'r+');
		writeSync(fd, Buffer.from([byte]), 0, 1, at);
		closeSync(fd);
	},
	'that is not FAISS at all': (file) => writeFileSync(file, 'hello'),
	'that is empty': (file) => writeFileSync(file, ''),
};
for (const [name, damage] of Object.entries(DAMAGES)) {
	test(`a snapshot ${name} is noticed and built anew`, async (t) => {
		if (!needsFaiss(t)) return;
		const store = await closedWithSnapshot(t);
		damage(snapshotFile(store));
		const opened = open(t, { store });
		await covered(opened);
		assert.match(opened.warnings.join(), /snapshot not usable/);
		assert.ok((await recallAt10(opened)) >= GOOD);
	});
}

test('a snapshot of another index in its place is noticed and built anew', async (t) => {
	if (!needsFaiss(t)) return;
	const store = await closedWithSnapshot(t);
	const other = open(t, {
		store: newStore(t, clusteredVectors(COUNT, DIMENSION, { seed: 8 })),
	});
	await covered(other);
	writeFileSync(snapshotFile(store), readFileSync(snapshotFile(other.store)));
	const opened = open(t, { store });
	await covered(opened);
	assert.match(opened.warnings.join(), /checksum/);
	assert.ok((await recallAt10(opened)) >= GOOD);
});

test('a record that belongs to another file never makes FAISS read it', async (t) => {
	if (!needsFaiss(t)) return;
	const store = await closedWithSnapshot(t);
	const snapshot = store.snapshot('faiss')!;
	await store.commitSnapshot('faiss', { ...snapshot, seqs: snapshot.seqs!.slice(1) }, []);
	const opened = open(t, { store });
	await covered(opened);
	assert.match(opened.warnings.join(), /holds 2000 × 64, not 1999/);
});

test('a snapshot whose load ended the process is not loaded again', async (t) => {
	if (!needsFaiss(t)) return;
	const store = await closedWithSnapshot(t);
	await store.setLoading('faiss', true);
	const opened = open(t, { store });
	await covered(opened);
	assert.match(opened.warnings.join(), /did not end/);
});

test('left-over files of an interrupted snapshot are removed, and those of others are not', async (t) => {
	if (!needsFaiss(t)) return;
	const store = await closedWithSnapshot(t);
	writeFileSync(join(store.folder, 'generation-3-1.faiss.tmp'), 'half');
	writeFileSync(join(store.folder, 'generation-3-2.faiss'), 'renamed but never committed');
	writeFileSync(join(store.folder, 'generation-33-2.faiss'), 'of another generation');
	const opened = open(t, { store });
	await covered(opened);
	assert.equal(files(store).length, 2);
	assert.ok(files(store).includes('generation-33-2.faiss'));
});

test('closing in the middle of a build neither waits for it nor leaves files', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t, { store: newStore(t, clusteredVectors(12_000, DIMENSION)) });
	await until('the process', () => opened.process.pid);
	await new Promise((resolve) => setTimeout(resolve, 300));
	await opened.accelerator.close();
	assert.equal(opened.process.pid, undefined);
	assert.deepEqual(files(opened.store), []);
	assert.deepEqual(opened.warnings, []);
});

test('searches go on while vectors are merged', async (t) => {
	if (!needsFaiss(t)) return;
	const opened = open(t);
	await covered(opened);
	opened.store.put(clusteredVectors(3_000, DIMENSION, { seed: 5 }));
	const merging = opened.accelerator.optimize();
	let during = 0;
	let merged = false;
	void merging.then(() => (merged = true));
	while (!merged) {
		if (await opened.accelerator.search(QUERIES[during % QUERIES.length]!, 10)) during++;
	}
	assert.ok(during > 5, `${during} searches were answered`);
	assert.equal(opened.accelerator.stats().covered, COUNT + 3_000);
});

test('verify tells of vectors the graph lacks, and of a snapshot that has changed', async (t) => {
	if (!needsFaiss(t)) return;
	const store = newStore(t);
	store.exec('CREATE TEMP TABLE hidden AS SELECT * FROM vectors WHERE seq = 9');
	store.exec('DELETE FROM vectors WHERE seq = 9');
	const opened = open(t, { store });
	await covered(opened);
	assert.deepEqual(await opened.accelerator.verify(), []);
	DAMAGES['with one byte flipped']!(snapshotFile(store));
	// Behind the graph's back, below what it says it covers.
	store.exec('INSERT INTO vectors SELECT * FROM hidden');
	const findings = await opened.accelerator.verify();
	assert.deepEqual(
		findings.map(({ invariant }) => invariant),
		['faiss-coverage', 'faiss-snapshot'],
	);
	await opened.accelerator.optimize();
	assert.deepEqual(await opened.accelerator.verify(), []);
});
