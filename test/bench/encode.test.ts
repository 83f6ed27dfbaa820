import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { readModelFolder } from '../../engine/encode/models/model-folder';
import { loadRuntime } from '../../engine/encode/runtime/runtime';
import { TextTokenizer } from '../../engine/encode/text/text-tokenizer';
import { readSignature } from '../../engine/encode/runtime/tower-signature';
import { interleave, ratio } from '../../bench/support/interleave';
import { rawFigures } from '../../bench/support/raw-figures';
import { writeRandomModel } from '../../bench/support/random-model';
import { ROOT } from '../harness/root';

const scratch = mkdtempSync(path.join(tmpdir(), 'bench-encode-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

describe('npm run bench -- encode', () => {
	it('ends with a line of JSON whose figures are there, or nobody can compare two runs', async () => {
		const args = ['encode', '--folder', path.join(ROOT, 'models', 'demo'), '--seconds', '3'];
		const { stdout } = await promisify(execFile)(
			process.execPath,
			[path.join(ROOT, 'dist', 'bench', 'run.js'), ...args, '--no-peers'],
			{ timeout: 240_000 },
		);
		const line = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, unknown>;
		assert.equal(line['bench'], 'encode');
		assert.equal(line['model'], 'demo');
		assert.equal(line['peers'], null);
		const figures = [
			...['rawImgPerS', 'rawFp32ImgPerS', 'pipelineImgPerS', 'pipelineRatio'],
			...['int8Speedup', 'int8SpeedupOneSession', 'int8MinCosine'],
			...['preprocess12MpMs', 'textMs', 'rssMb'],
		];
		const sideBySide = [
			...['rawSideBySideImgPerS', 'rawFp32SideBySideImgPerS', 'pipelineRatioSideBySide'],
		];
		if (Number(line['threads']) > 1) figures.push(...sideBySide);
		else for (const name of sideBySide) assert.equal(line[name], null, name);
		for (const name of figures) assert.ok(Number(line[name]) > 0, `${name}: ${String(line[name])}`);
	});

	it('compares like with like, or half of a speed-up is another way of using the threads', () => {
		const turns = (images: number) => [1, 2, 3].map(() => ({ images, seconds: 1 }));
		const fp32 = { one: turns(6), sideBySide: turns(8) };
		const int8 = { one: turns(12), sideBySide: turns(20) };
		const figures = rawFigures(fp32, int8);
		assert.equal(figures.int8Speedup, 20 / 8);
		assert.equal(figures.int8SpeedupOneSession, 12 / 6);
		// Each in what suits it: side by side may be the slower way.
		assert.equal(rawFigures({ ...fp32, sideBySide: turns(5) }, int8).int8Speedup, 20 / 6);
		const large = rawFigures({ one: fp32.one }, int8);
		assert.equal(large.int8Speedup, 12 / 6);
		assert.equal(large.rawFp32SideBySideImgPerS, null);
		const kept = rawFigures(fp32, undefined);
		assert.equal(kept.rawSideBySideImgPerS, 8);
		assert.equal(kept.int8Speedup, null);
	});

	it('takes ratios within a round, or a busy minute would make one variant look slow', async () => {
		// Four times slower in the second round, and again in the third.
		let slowness = 1;
		const variant = (seconds: number) => async () =>
			await Promise.resolve({ images: 1, seconds: seconds * slowness });
		const order: string[] = [];
		const turns = await interleave({ one: variant(1), other: variant(2) }, 3, 0, (name, round) => {
			slowness = 4 ** round;
			order.push(name);
		});
		assert.deepEqual(order, ['one', 'other', 'other', 'one', 'one', 'other']);
		assert.equal(ratio(turns.one, turns.other), 2);
	});
});

describe('random weights', () => {
	it('make towers that are read like published ones, in both layouts', async () => {
		const runtime = await loadRuntime('native', 1);
		for (const id of ['clip-vit-base-patch32', 'ViT-B-32__laion2b-s34b-b79k']) {
			const dir = path.join(scratch, id);
			await writeRandomModel(id, dir, 1);
			const folder = readModelFolder(dir);
			assert.equal(folder.pixels.fit, 'crop');
			assert.equal(new TextTokenizer(folder.text).encode('a dog').length, 77);
			for (const [file, kind] of [
				[folder.visionModel, 'image'],
				[folder.textModel, 'text'],
			] as const) {
				const session = await runtime.createSession(file);
				const signature = readSignature(session.inputMetadata, session.outputMetadata);
				assert.ok(typeof signature === 'object', String(signature));
				assert.equal(signature.kind, kind);
				await session.release();
			}
			rmSync(dir, { recursive: true });
		}
	});
});
