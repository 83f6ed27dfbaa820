import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { readModelFolder } from '../../engine/encode/models/model-folder';
import { OnnxEncoder } from '../../engine/encode/onnx-encoder';
import { toModelPixels } from '../../engine/encode/pixels/model-pixels';
import { TextTokenizer } from '../../engine/encode/text/text-tokenizer';
import { offlineStore } from '../harness/offline-store';
import { ROOT } from '../harness/root';

interface Expected {
	text?: { text: string; input_ids?: number[]; embedding?: number[] }[];
	image?: { file: string; embedding?: number[] }[];
}

interface Verdict {
	code: number | null;
	text: string;
	line: {
		golden: boolean;
		tokenMismatches: number | null;
		minCosine: number | null;
		pixelMaxDiff: number | null;
	};
}

const MODELS = path.join(ROOT, 'models');
const TEXTS = ['a dog on the beach', 'Two cats!', ''];
const SIZE = 48;

/** Runs the command as a user does. */
async function golden(dir: string): Promise<Verdict> {
	const main = path.join(ROOT, 'dist', 'bench', 'golden', 'main.js');
	const child = spawn(process.execPath, [main, '--data', dir], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let text = '';
	child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
	const [code] = (await once(child, 'close')) as [number | null];
	const last = text.trim().split('\n').at(-1) ?? '';
	return { code, text, line: (last.startsWith('{') ? JSON.parse(last) : {}) as Verdict['line'] };
}

describe('npm run golden', () => {
	const scratch = mkdtempSync(path.join(tmpdir(), 'golden-test-'));
	let expected: Required<Expected>;
	let pixels: Uint8Array;
	let folders = 0;

	/** A golden folder of its own, with the photo where the shared data has it: beside the folder. */
	async function folder(
		content: Expected | undefined,
		png: Uint8Array | undefined,
		model = 'demo',
	): Promise<string> {
		const dir = path.join(scratch, `golden${++folders}`);
		mkdirSync(dir);
		if (model) cpSync(path.join(MODELS, 'demo'), path.join(dir, model), { recursive: true });
		if (content) writeFileSync(path.join(dir, 'expected.json'), JSON.stringify(content));
		if (png) {
			mkdirSync(path.join(dir, 'resize'));
			await sharp(png, { raw: { width: SIZE, height: SIZE, channels: 3 } }).toFile(
				path.join(dir, 'resize', `photo_${SIZE}_bicubic.png`),
			);
		}
		return dir;
	}

	before(async () => {
		mkdirSync(path.join(scratch, 'set', 'photos'), { recursive: true });
		const noise = { type: 'gaussian' as const, mean: 120, sigma: 60 };
		const photo = await sharp({
			create: { width: 160, height: 90, channels: 3, background: 'grey', noise },
		})
			.jpeg()
			.toBuffer();
		writeFileSync(path.join(scratch, 'set', 'photos', 'photo.jpg'), photo);
		const rules = { imageSize: SIZE, filter: 'bicubic', fit: 'squash' } as const;
		({ pixels } = await toModelPixels(photo, rules));

		const encoder = new OnnxEncoder({
			store: offlineStore(MODELS, 'demo'),
		});
		const tokenizer = new TextTokenizer(readModelFolder(path.join(MODELS, 'demo')).text);
		expected = { text: [], image: [] };
		for (const text of TEXTS) {
			const embedding = [...(await encoder.embedText(text))];
			expected.text.push({ text, input_ids: [...tokenizer.encode(text)], embedding });
		}
		const { embedding } = await encoder.embedImage(photo);
		expected.image.push({ file: 'set/photos/photo.jpg', embedding: [...embedding] });
		await encoder.close();
	});
	after(() => rmSync(scratch, { recursive: true, force: true }));

	it('passes a folder that is right, or nobody would trust its failures', async () => {
		const { code, line, text } = await golden(await folder(expected, pixels));
		assert.equal(code, 0, text);
		assert.equal(line.golden, true);
		assert.equal(line.tokenMismatches, 0);
		assert.ok(line.minCosine! > 0.999999);
		assert.equal(line.pixelMaxDiff, 0);
	});

	it('fails for one wrong token id, or a wrong tokenizer would pass', async () => {
		const content = structuredClone(expected);
		content.text[1]!.input_ids![2]! += 1;
		const { code, line, text } = await golden(await folder(content, pixels));
		assert.equal(code, 1);
		assert.equal(line.golden, false);
		assert.equal(line.tokenMismatches, 1);
		assert.match(text, /Two cats!.*position 2/);
	});

	it('fails for one embedding that points elsewhere, or a wrong graph would pass', async () => {
		const content = structuredClone(expected);
		const vector = content.image[0]!.embedding!;
		const largest = vector.indexOf(Math.max(...vector));
		vector[largest]! *= 0.8;
		const { code, line, text } = await golden(await folder(content, pixels));
		assert.equal(code, 1);
		assert.ok(line.minCosine! < 0.9999 && line.minCosine! > 0.5, String(line.minCosine));
		assert.match(text, /photo\.jpg: cosine/);
	});

	it('fails for one pixel that is one level off, or almost-Pillow would pass', async () => {
		const png = Uint8Array.from(pixels);
		png[1000]! += png[1000]! < 255 ? 1 : -1;
		const { code, line } = await golden(await folder(expected, png));
		assert.equal(code, 1);
		assert.equal(line.pixelMaxDiff, 1);
	});

	it('says null for what the folder lacks, never zero or one', async () => {
		const { code, line } = await golden(await folder({ image: expected.image }, undefined));
		assert.equal(code, 0);
		assert.equal(line.tokenMismatches, null);
		assert.equal(line.pixelMaxDiff, null);
		assert.ok(line.minCosine! > 0.999999);
		const onlyPixels = await golden(await folder(undefined, pixels, ''));
		assert.equal(onlyPixels.code, 0);
		assert.equal(onlyPixels.line.minCosine, null);
		assert.equal(onlyPixels.line.pixelMaxDiff, 0);
	});

	it('fails where a photo is missing or no model is there, or nothing checked would pass', async () => {
		const content = { image: [{ ...expected.image[0]!, file: 'set/photos/gone.jpg' }] };
		const missing = await golden(await folder(content, undefined));
		assert.equal(missing.code, 1);
		assert.match(missing.text, /gone\.jpg: the photo is not found/);
		const noModel = await golden(await folder(expected, pixels, ''));
		assert.equal(noModel.code, 1);
		assert.match(noModel.text, /no model folder/);
	});

	it('says that an empty folder holds nothing to check', async () => {
		const { code, text } = await golden(await folder(undefined, undefined, ''));
		assert.equal(code, 2);
		assert.match(text, /Nothing to check/);
	});

	it('holds every model of the folder to it, whatever its name', async () => {
		const dir = await folder(expected, undefined);
		cpSync(path.join(MODELS, 'demo'), path.join(dir, 'copy'), { recursive: true });
		const { code, text } = await golden(dir);
		assert.equal(code, 0, text);
		assert.match(text, /^copy +image +1 /m);
		assert.match(text, /^demo +image +1 /m);
	});
});
