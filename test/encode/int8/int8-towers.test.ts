import assert from 'node:assert/strict';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, beforeEach, describe, it } from 'node:test';
import { findLinearLayers } from '../../../engine/encode/int8/find-layers';
import { Int8Preparer, type PrecisionSetting } from '../../../engine/encode/int8/int8-preparer';
import {
	MIN_COSINE,
	quantiseTower,
	type TowerReport,
} from '../../../engine/encode/int8/quantise-tower';
import { simplify } from '../../../engine/encode/int8/simplify';
import { readModelFolder, type ModelFolder } from '../../../engine/encode/models/model-folder';
import { Graph } from '../../../engine/encode/onnx/graph';
import { OnnxModel } from '../../../engine/encode/onnx/onnx-model';
import { bytesOf, DataType, loadFloats } from '../../../engine/encode/onnx/tensor';
import { writeModel } from '../../../engine/encode/onnx/write-model';
import { OnnxEncoder } from '../../../engine/encode/onnx-encoder';
import { PACKAGE_ROOT } from '../../../engine/locations';
import { cosine } from '../../harness/cosine';
import { offlineStore } from '../../harness/offline-store';
import { withFolder } from '../../harness/onnx-graph';
import { until } from '../../harness/until';

const DEMO = path.join(PACKAGE_ROOT, 'models', 'demo');
const GALLERY = path.join(PACKAGE_ROOT, 'demo', 'gallery');
const WAIT = { timeoutMs: 60_000, everyMs: 20 };

describe('8-bit towers', () => {
	it('a trained model finds the same neighbours: photos and texts keep their direction', async () => {
		await withFolder(async (modelsDir) => {
			const [exact, quick] = (['fp32', 'int8'] as const).map((precision) =>
				encoder(modelsDir, precision),
			);
			after(() => Promise.all([exact!.close(), quick!.close()]));
			await ready(quick!);
			const photos = readdirSync(GALLERY).filter((name) => name.endsWith('.jpg'));
			for (const name of photos.slice(0, 16)) {
				const bytes = readFileSync(path.join(GALLERY, name));
				const [a, b] = await Promise.all(
					[exact!, quick!].map(async (one) => (await one.embedImage(bytes.subarray())).embedding),
				);
				assert.ok(cosine(a!, b!) >= MIN_COSINE, `${name}: ${cosine(a!, b!)}`);
				assert.ok(cosine(a!, b!) < 1, 'the 8-bit tower was not used');
			}
			for (const text of ['Christmas', 'a dog and a tree', '']) {
				const [a, b] = await Promise.all([exact!, quick!].map((one) => one.embedText(text)));
				assert.ok(cosine(a!, b!) >= MIN_COSINE, `${text}: ${cosine(a!, b!)}`);
			}
		});
	});

	it('a few huge channels before a layer are evened out, or all others round to nothing', async () => {
		await withFolder(async (folder) => {
			const source = path.join(folder, 'outliers.onnx');
			await writeOutliers(source, enlargeNorms);
			const report = await quantise(source, folder);
			assert.ok(report.accepted && report.minCosine >= MIN_COSINE, JSON.stringify(report));
			assert.ok(report.smoothed, 'the outliers were not hard enough');
			assert.equal(report.keptLayers, 0);
		});
	});

	it('layers whose huge channels cannot be evened out keep their 32 bits', async () => {
		await withFolder(async (folder) => {
			const source = path.join(folder, 'outliers.onnx');
			await writeOutliers(source, enlargeValues);
			const report = await quantise(source, folder);
			assert.ok(report.accepted && report.minCosine >= MIN_COSINE, JSON.stringify(report));
			assert.ok(report.keptLayers > 0, 'the outliers were not hard enough');
		});
	});

	it('files on the way are gone afterwards', async () => {
		await withFolder(async (folder) => {
			await quantise(readModelFolder(DEMO).visionModel, folder);
			assert.deepEqual(readdirSync(folder), ['int8.onnx']);
		});
	});

	it('a tower that cannot be read is an error, and nothing is left behind', async () => {
		await withFolder(async (folder) => {
			const source = path.join(folder, 'broken.onnx');
			writeFileSync(source, 'no model');
			await assert.rejects(quantise(source, folder));
			assert.deepEqual(readdirSync(folder), ['broken.onnx']);
		});
	});
});

describe('preparing a model', () => {
	let modelsDir: string;
	let folder: ModelFolder;
	let logged: string[];
	const open: Int8Preparer[] = [];
	beforeEach(() => {
		modelsDir = mkdtempSync(path.join(tmpdir(), 'models-'));
		folder = readModelFolder(DEMO);
		logged = [];
	});
	afterEach(() => {
		for (const preparer of open.splice(0)) preparer.close();
		rmSync(modelsDir, { recursive: true, force: true });
	});

	function preparer(precision: PrecisionSetting = 'int8'): Int8Preparer {
		const made = new Int8Preparer({
			...{ modelsDir, precision, threads: 1 },
			runtime: () => Promise.resolve('native'),
			log: (message) => logged.push(message),
		});
		open.push(made);
		return made;
	}

	async function prepared(from: Int8Preparer): Promise<ModelFolder> {
		await until('the towers', () => 'ready' in from.prepare('demo', folder), WAIT);
		const answer = from.prepare('demo', folder);
		assert.ok('ready' in answer);
		return answer.ready;
	}

	it('says how far it is, then has the 8-bit towers used', async () => {
		const one = preparer();
		assert.deepEqual(one.prepare('demo', folder), { progress: 0 });
		assert.ok(one.busy);
		const { visionModel, textModel } = await prepared(one);
		assert.ok(existsSync(visionModel) && existsSync(textModel));
		assert.notEqual(visionModel, folder.visionModel);
		assert.notEqual(textModel, folder.textModel);
		assert.match(logged.join('\n'), /ready after .*image cosine 0\.99/);
	});

	it('does the work once: the next process finds it done', async () => {
		await prepared(preparer());
		const again = preparer().prepare('demo', folder);
		assert.ok('ready' in again && again.ready.visionModel !== folder.visionModel);
	});

	it('does it once where two engines share the folder', async () => {
		const both = await Promise.all([prepared(preparer()), prepared(preparer())]);
		assert.equal(both[0].visionModel, both[1].visionModel);
		assert.equal(logged.filter((line) => line.startsWith('making')).length, 1);
	});

	it('one that is closed while it waits leaves the work of the other alone', async () => {
		const first = preparer();
		first.prepare('demo', folder);
		await until('the first to begin', () => logged.length > 0, WAIT);
		const second = preparer();
		second.prepare('demo', folder);
		second.close();
		assert.notEqual((await prepared(first)).visionModel, folder.visionModel);
	});

	it('does it again for another revision of the model, or its vectors would be of the old one', async () => {
		await prepared(preparer());
		folder = { ...folder, revision: 'another' };
		assert.ok(!('ready' in preparer().prepare('demo', folder)));
	});

	it('does it again on another machine: its processor may saturate where this one does not', async () => {
		await prepared(preparer());
		const file = path.join(modelsDir, 'demo.int8', 'report.json');
		const report = JSON.parse(readFileSync(file, 'utf8')) as { machine: string };
		writeFileSync(file, JSON.stringify({ ...report, machine: 'another' }));
		assert.ok(!('ready' in preparer().prepare('demo', folder)));
	});

	const damages: Record<string, (dir: string) => void> = {
		'a tower that is missing': (dir) => rmSync(path.join(dir, 'text_model_int8.onnx')),
		'a tower that was cut': (dir) => truncateSync(path.join(dir, 'text_model_int8.onnx'), 1000),
		'a tower that is another': (dir) =>
			cpSync(path.join(dir, 'image_model_int8.onnx'), path.join(dir, 'text_model_int8.onnx')),
		'a report that is no JSON': (dir) => writeFileSync(path.join(dir, 'report.json'), '{'),
		'a report that is null': (dir) => writeFileSync(path.join(dir, 'report.json'), 'null'),
		'a report of another shape': (dir) =>
			writeFileSync(path.join(dir, 'report.json'), '{"recipe":1,"towers":{}}'),
	};
	for (const [what, damage] of Object.entries(damages)) {
		it(`${what} is made again, under the running engine and after a restart`, async () => {
			const one = preparer();
			await prepared(one);
			damage(path.join(modelsDir, 'demo.int8'));
			const next = preparer();
			assert.ok(!('ready' in next.prepare('demo', folder)));
			assert.notEqual((await prepared(next)).textModel, folder.textModel);
			assert.notEqual((await prepared(one)).textModel, folder.textModel);
		});
	}

	it('where it fails the model runs in 32 bits, and the log says why', async () => {
		const broken = path.join(modelsDir, 'vision.onnx');
		writeFileSync(broken, 'no model');
		folder = { ...folder, visionModel: broken };
		assert.equal((await prepared(preparer())).visionModel, broken);
		assert.match(logged.join('\n'), /runs in 32 bits, because/);
		assert.match(open.at(-1)!.problemOf('demo', folder)!, /runs in 32 bits/);
		assert.deepEqual(readdirSync(modelsDir).sort(), ['demo.int8.lock', 'vision.onnx']);
	});

	it('small models, and all where 32 bits are asked for, are used as they are', () => {
		assert.deepEqual(preparer('auto').prepare('demo', folder), { ready: folder });
		assert.deepEqual(preparer('fp32').prepare('demo', folder), { ready: folder });
	});

	it('forgets what was made of a model that is removed', async () => {
		const one = preparer();
		await prepared(one);
		await one.forget('demo');
		assert.ok(!existsSync(path.join(modelsDir, 'demo.int8')));
		assert.ok(!('ready' in one.prepare('demo', folder)));
	});

	it('a closed engine leaves no process behind', async () => {
		const one = preparer();
		one.prepare('demo', folder);
		one.close();
		await until('the process to end', () => !one.busy, WAIT);
		assert.ok(!existsSync(path.join(modelsDir, 'demo.int8', 'report.json')));
	});
});

function encoder(modelsDir: string, precision: PrecisionSetting): OnnxEncoder {
	const dir = path.join(modelsDir, precision);
	mkdirSync(dir);
	cpSync(DEMO, path.join(dir, 'demo'), { recursive: true });
	const preparer = new Int8Preparer({
		...{ modelsDir: dir, precision, threads: 1 },
		runtime: () => Promise.resolve('native'),
	});
	const store = offlineStore(dir, 'demo', preparer);
	return new OnnxEncoder({ store, threads: 1 });
}

async function ready(one: OnnxEncoder): Promise<void> {
	await until('the towers', async () => Boolean(await one.info()), WAIT);
}

function quantise(source: string, folder: string): Promise<TowerReport> {
	return quantiseTower(
		{
			...{ source, target: path.join(folder, 'int8.onnx'), workDir: path.join(folder, 'work') },
			...{ rules: { image: readModelFolder(DEMO).pixels }, runtime: 'native', threads: 1 },
		},
		() => {},
	);
}

type Scale = (name: string, isOutlier: (index: number) => boolean, by: number) => void;
const OUTLIER = 400;

/**
 * The demo tower as trained towers of real size often are: a few channels are huge before a layer,
 * and its weights small for them. In 32 bits that changes nothing.
 */
async function writeOutliers(
	target: string,
	enlarge: (graph: Graph, scale: Scale) => void,
): Promise<void> {
	const { visionModel, pixels } = readModelFolder(DEMO);
	const simple = `${target}.simple`;
	await simplify(visionModel, simple, [1, 3, pixels.imageSize, pixels.imageSize], 'native', 1);
	const graph = new Graph(OnnxModel.read(simple));
	enlarge(graph, (name, isOutlier, by) => {
		const tensor = graph.constant(name)!;
		const values = loadFloats(tensor).map((value, i) => (isOutlier(i) ? value * by : value));
		graph.model.addInitializer(name, tensor.dims, DataType.FLOAT, bytesOf(values));
	});
	await writeModel(graph.model, target);
	rmSync(simple);
}

const isHuge = (channel: number) => channel === 3 || channel === 17;

/** Channels that a layer normalisation enlarges. */
function enlargeNorms(graph: Graph, scale: Scale): void {
	for (const layer of findLinearLayers(graph)) {
		const reshape = graph.producer(layer.input);
		const norm = reshape && graph.producer(reshape.inputs[0]!);
		if (norm?.opType !== 'LayerNormalization') continue;
		for (const name of norm.inputs.slice(1)) scale(name, isHuge, OUTLIER);
		scale(layer.weights.name, (i) => isHuge(Math.floor(i / layer.outputs)), 1 / OUTLIER);
	}
}

/** Channels of attention's values: what reads them is no layer normalisation's reader. */
function enlargeValues(graph: Graph, scale: Scale): void {
	const layers = findLinearLayers(graph);
	for (const [i, { weights, bias, inputs: width, outputs }] of layers.entries()) {
		const next = layers[i + 1];
		if (outputs !== 3 * width || next?.inputs !== width) continue;
		const isValue = (column: number) => isHuge(column - 2 * width);
		scale(weights.name, (at) => isValue(at % outputs), OUTLIER);
		scale(bias!.name, isValue, OUTLIER);
		scale(next.weights.name, (at) => isHuge(Math.floor(at / next.outputs)), 1 / OUTLIER);
	}
}
