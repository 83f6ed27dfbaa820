import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { backUp } from '../../engine/index/catalogue/backup';
import { CatalogueWriter } from '../../engine/index/catalogue/catalogue-writer';
import { openForReading } from '../../engine/index/catalogue/database';
import { PhotoReader } from '../../engine/index/catalogue/photo-reader';
import { readGenerations } from '../../engine/index/catalogue/generations';
import { VectorReader } from '../../engine/index/catalogue/vector-reader';
import { verifyCatalogue } from '../../engine/index/catalogue/verification';
import { readWholePhotos } from '../../engine/index/catalogue/whole-photos';
import { SILENT } from '../../engine/index/index-logger';
import { until } from '../harness/until';
import { image, OF_INDEX, openIndex, temporaryFolder } from './support';

/** Far more than are deleted before a look at the clock says that it is enough. */
const PHOTOS = 20_000;

const NEWER = 'vision@2';

const newer = (...values: number[]) => ({ vector: Float32Array.from(values), model: NEWER });

interface Half {
	dataDir: string;
	/** Of the index "photos". */
	folder: string;
	writer: CatalogueWriter;
	/** After that, others can open it. */
	close(): void;
}

/** An index whose generation of the newer model is dropped, and of whose vectors some are deleted. */
function halfDropped(t: TestContext): Half {
	const dataDir = temporaryFolder(t);
	const folder = join(dataDir, 'indexes', 'photos');
	const writer = new CatalogueWriter(folder, 'photos', SILENT);
	let isOpen = true;
	const close = () => {
		if (isOpen) writer.close();
		isOpen = false;
	};
	t.after(close);
	const ids = Array.from({ length: PHOTOS }, (_, i) => `p${i}`);
	writer.photos.upsert(ids.slice(0, 50).map((id) => ({ id, image: image(1, 0) })));
	writer.photos.beginGeneration('image', NEWER, 2, false);
	writer.photos.upsert(ids.map((id) => ({ id, image: newer(0, 1) })));
	writer.photos.dropGeneration('image', NEWER);
	assert.equal(writer.dropStep(), true);
	const left = leftOvers(folder);
	assert.equal(left.generations, 1);
	assert.ok(left.vectors > 0 && left.vectors < PHOTOS, `${left.vectors} vectors are left`);
	assert.equal(left.gone, 0, 'deleted vectors are remembered for no snapshot');
	return { dataDir, folder, writer, close };
}

/** What dropped generations still have on the disk. */
function leftOvers(folder: string): { generations: number; vectors: number; gone: number } {
	const db = openForReading(folder);
	try {
		const dropping = '(SELECT generation FROM generations WHERE dropping = 1)';
		const count = (of: string) =>
			Number(db.prepare(`SELECT count(*) AS n FROM ${of} IN ${dropping}`).get()?.n);
		return {
			generations: count('generations WHERE generation'),
			vectors: count('vectors WHERE generation'),
			gone: count('gone WHERE generation'),
		};
	} finally {
		db.close();
	}
}

const NOTHING = { generations: 0, vectors: 0, gone: 0 };

async function untilGone(folder: string): Promise<void> {
	const isGone = () => leftOvers(folder).generations === 0;
	await until('the deletion', isGone, OF_INDEX);
	assert.deepEqual(leftOvers(folder), NOTHING);
}

async function verified(folder: string): Promise<{ vectors: number; findings: unknown[] }> {
	const { vectors, findings } = await verifyCatalogue(join(folder, 'photos.db'));
	return { vectors, findings };
}

test('a generation that is dropped is nowhere, however many of its vectors are not deleted yet', async (t) => {
	const { folder, writer } = halfDropped(t);
	assert.deepEqual(await verified(folder), { vectors: 50, findings: [] });
	const db = openForReading(folder);
	t.after(() => db.close());
	assert.deepEqual(
		readGenerations(db).map(({ model, vectors, shared }) => [model, vectors, shared]),
		[['vision@1', 50, 50]],
	);
	const photos = new PhotoReader(db);
	for await (const page of readWholePhotos(db, photos, new VectorReader(db), {}, 'photos')) {
		for (const { id, image_vectors } of page) {
			assert.ok(
				image_vectors.every(({ model }) => model === 'vision@1'),
				id,
			);
		}
	}
	assert.throws(() => writer.photos.dropGeneration('image', NEWER), {
		code: 'GENERATION_NOT_FOUND',
	});
	const { result } = writer.photos.upsert([{ id: 'p0', image: newer(0, 1) }]);
	assert.match(JSON.stringify(result), /MODEL_MISMATCH/);
});

test('between two pieces others write and delete, and the counters stay right', async (t) => {
	const { folder, writer } = halfDropped(t);
	assert.deepEqual(writer.photos.upsert([{ id: 'p1', image: image(0, 1) }]).result, ['updated']);
	const { changes } = writer.photos.delete(['p2', `p${PHOTOS - 1}`]);
	assert.deepEqual(
		changes.removed.map(({ generation }) => generation),
		[1],
	);
	assert.deepEqual(await verified(folder), { vectors: 49, findings: [] });
	while (writer.dropStep());
	assert.deepEqual(leftOvers(folder), NOTHING);
	assert.deepEqual(await verified(folder), { vectors: 49, findings: [] });
	const db = openForReading(folder);
	t.after(() => db.close());
	const { n } = db.prepare('SELECT count(*) AS n FROM gone').get()!;
	// The vector that p1 had, and that of p2.
	assert.equal(n, 2);
});

test('the same model begins again at once, and none of its new vectors goes with the old ones', async (t) => {
	const { folder, writer } = halfDropped(t);
	writer.photos.beginGeneration('image', NEWER, 3, false);
	writer.photos.upsert([{ id: 'p0', image: newer(0, 0, 1) }]);
	assert.deepEqual(await verified(folder), { vectors: 51, findings: [] });
	// Twice in one state: names of what is dropped must not meet either.
	writer.photos.dropGeneration('image', NEWER);
	writer.photos.beginGeneration('image', NEWER, 3, false);
	writer.photos.upsert([{ id: 'p0', image: newer(0, 0, 1) }]);
	while (writer.dropStep());
	assert.deepEqual(leftOvers(folder), NOTHING);
	assert.deepEqual(await verified(folder), { vectors: 51, findings: [] });
	const { result } = writer.photos.activateGeneration('image', NEWER, true);
	assert.deepEqual([result.vectors, result.shared, result.dimension], [1, 1, 3]);
});

test('damaged vectors of a dropped generation keep nobody from an export, and are no finding', async (t) => {
	const { folder } = halfDropped(t);
	const raw = new DatabaseSync(join(folder, 'photos.db'));
	raw.exec("UPDATE vectors SET vector = x'00' WHERE generation = 2");
	raw.close();
	assert.deepEqual(await verified(folder), { vectors: 50, findings: [] });
	const db = openForReading(folder);
	t.after(() => db.close());
	const photos = new PhotoReader(db);
	let seen = 0;
	for await (const page of readWholePhotos(db, photos, new VectorReader(db), {}, 'photos')) {
		seen += page.length;
	}
	assert.equal(seen, PHOTOS);
});

test('a snapshot that comes too late is refused, or its file would never go', (t) => {
	const { writer } = halfDropped(t);
	const snapshot = { file: 'x', checksum: 'x', lastSeq: 1, rows: 1, facts: {} };
	assert.throws(() => writer.snapshots.commit(2, 'rows', snapshot, []), {
		code: 'GENERATION_NOT_FOUND',
	});
});

test('the rest is deleted after a kill between two pieces', async (t) => {
	const dataDir = temporaryFolder(t);
	const folder = join(dataDir, 'indexes', 'photos');
	const modules = join(__dirname, '../../engine/index');
	const script = `
		const { CatalogueWriter } = require(${JSON.stringify(join(modules, 'catalogue/catalogue-writer'))});
		const { SILENT } = require(${JSON.stringify(join(modules, 'index-logger'))});
		const writer = new CatalogueWriter(process.argv[1], 'photos', SILENT);
		const vector = (model) => ({ vector: Float32Array.of(0, 1), model });
		const ids = Array.from({ length: ${PHOTOS} }, (_, i) => 'p' + i);
		writer.photos.upsert(ids.slice(0, 50).map((id) => ({ id, image: vector('vision@1') })));
		writer.photos.beginGeneration('image', '${NEWER}', 2, false);
		writer.photos.upsert(ids.map((id) => ({ id, image: vector('${NEWER}') })));
		writer.photos.dropGeneration('image', '${NEWER}');
		writer.dropStep();
		process.kill(process.pid, 'SIGKILL');`;
	const { signal } = spawnSync(process.execPath, ['-e', script, folder], { stdio: 'inherit' });
	assert.equal(signal, 'SIGKILL');
	assert.ok(leftOvers(folder).vectors > 0);
	const { index } = await openIndex(t, { dataDir });
	assert.deepEqual(
		(await index.generations()).map(({ model, vectors }) => [model, vectors]),
		[['vision@1', 50]],
	);
	assert.deepEqual((await index.verify()).findings, []);
	await untilGone(folder);
	assert.deepEqual((await index.verify()).findings, []);
});

test('an index that is closed in the middle goes on where it is opened next', async (t) => {
	const { dataDir, folder, close } = halfDropped(t);
	close();
	const first = await openIndex(t, { dataDir });
	await first.store.close();
	const { index, warnings } = await openIndex(t, { dataDir });
	await untilGone(folder);
	assert.equal(await index.count(), PHOTOS);
	assert.deepEqual([...first.warnings, ...warnings], []);
});

test('a backup made in the middle is restored without what was dropped', async (t) => {
	const half = halfDropped(t);
	const file = join(half.dataDir, 'backup.db');
	await backUp(half.folder, file);
	const dataDir = temporaryFolder(t);
	const folder = join(dataDir, 'indexes', 'photos');
	mkdirSync(folder, { recursive: true });
	renameSync(file, join(folder, 'photos.db'));
	assert.ok(leftOvers(folder).vectors > 0);
	const { index } = await openIndex(t, { dataDir });
	assert.equal((await index.generations()).length, 1);
	await untilGone(folder);
	assert.deepEqual((await index.verify()).findings, []);
});

test('dropping is answered, and its files are removed, while searches and writes go on', async (t) => {
	const { dataDir, index, warnings } = await openIndex(t, { type: { snapshotFrom: 100 } });
	const folder = join(dataDir, 'indexes', 'photos');
	const ids = Array.from({ length: 5_000 }, (_, i) => `p${i}`);
	await index.upsert(ids.map((id, i) => ({ id, image: image(1, i) })));
	await index.optimize();
	const snapshot = () => {
		const db = openForReading(folder);
		try {
			const row = db.prepare('SELECT file FROM snapshots WHERE generation = 1').get();
			return row && join(folder, String(row.file));
		} finally {
			db.close();
		}
	};
	const file = snapshot()!;
	assert.ok(existsSync(file));
	const next = { model: NEWER, dimension: 2, activateWhenComplete: true };
	await index.beginGeneration('image', next);
	await index.upsert(ids.map((id, i) => ({ id, image: newer(1, i) })));
	await until('the switch', () => index.model('image') === NEWER, OF_INDEX);
	const dropped = index.dropGeneration('image', 'vision@1');
	const wrote = ids.slice(0, 20).map((id) => index.upsert([{ id, title: 'while it goes' }]));
	await dropped;
	assert.equal((await index.generations()).length, 1);
	assert.deepEqual((await index.holding('image', 'vision@1', ids)).size, 0);
	assert.equal((await index.searchVector('image', newer(1, 0), 1)).hits[0]?.id, 'p0');
	await Promise.all(wrote);
	await untilGone(folder);
	assert.equal(snapshot(), undefined);
	assert.ok(!existsSync(file));
	assert.deepEqual((await index.verify()).findings, []);
	assert.deepEqual(warnings, []);
});

test('optimizing leaves nothing of a dropped generation, or it would give back only half the space', async (t) => {
	const { dataDir, folder, close } = halfDropped(t);
	close();
	const { index } = await openIndex(t, { dataDir });
	await index.optimize();
	assert.deepEqual(leftOvers(folder), NOTHING);
});

test('the last vector of a kind may go while a new model comes, and its rows go as well', async (t) => {
	const { dataDir, index } = await openIndex(t);
	await index.upsert([{ id: 'a', image: image(1, 0) }]);
	await index.delete(['a']);
	assert.equal(index.model('image'), null);
	assert.deepEqual(await index.upsert([{ id: 'a', image: newer(1, 0, 0) }]), ['created']);
	await untilGone(join(dataDir, 'indexes', 'photos'));
	assert.deepEqual((await index.verify()).findings, []);
});
