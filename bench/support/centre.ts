import { closeSync, openSync, writeSync } from 'node:fs';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { samplePhoto, SAMPLE_PHOTOS } from '../../engine/encode/int8/sample-photos';
import { SAMPLE_TEXTS } from '../../engine/encode/int8/sample-texts';
import type { ModelFolder } from '../../engine/encode/models/model-folder';
import { OnnxModel } from '../../engine/encode/onnx/onnx-model';
import { loadFloats } from '../../engine/encode/onnx/tensor';
import { toPlanes } from '../../engine/encode/pixels/planes';
import { loadRuntime, type Runtime } from '../../engine/encode/runtime/runtime';
import { TextTokenizer } from '../../engine/encode/text/text-tokenizer';

/**
 * Mean cosine of the samples, photos and texts. Other inputs differ more than these do: photographs
 * then have about 0.5, as with trained towers.
 */
const WANTED_COSINE = 0.6;

/**
 * Takes so much of what all inputs have in common out of a SigLIP's last biases that different inputs
 * get different vectors. Random towers give nearly one vector to everything, and a cosine between
 * two computations of it would say little.
 */
export async function centre(folder: ModelFolder, threads: number): Promise<void> {
	const runtime = await loadRuntime('native', threads);
	const { imageSize: size } = folder.pixels;
	const photos = Array.from(
		{ length: SAMPLE_PHOTOS },
		(_, i) =>
			new runtime.Tensor('float32', toPlanes(samplePhoto(i, size), folder.pixels), [
				1,
				3,
				size,
				size,
			]),
	);
	const tokenizer = new TextTokenizer(folder.text);
	const texts = SAMPLE_TEXTS.map((text) => {
		const ids = tokenizer.encode(text);
		return new runtime.Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
	});
	await centreTower(folder.visionModel, 'head.mlp.fc2.bias', photos, runtime);
	await centreTower(folder.textModel, 'head.bias', texts, runtime);
}

async function centreTower(
	file: string,
	bias: string,
	inputs: Tensor[],
	runtime: Runtime,
): Promise<void> {
	const session = await runtime.createSession(file);
	const outputs: Float32Array[] = [];
	for (const input of inputs) outputs.push(await pooled(session, input));
	await session.release();

	const mean = outputs[0]!.map((_, i) => average(outputs.map((output) => output[i]!)));
	const common = squares(mean);
	const own = average(outputs.map((output) => squares(output.map((value, i) => value - mean[i]!))));
	// The common part, scaled by s, makes cosines of s²·common / (s²·common + own).
	const scale = Math.sqrt((WANTED_COSINE / (1 - WANTED_COSINE)) * (own / common));
	if (scale < 1)
		addToBias(
			file,
			bias,
			mean.map((value) => (scale - 1) * value),
		);
}

async function pooled(session: InferenceSession, input: Tensor): Promise<Float32Array> {
	const output = await session.run({ [session.inputNames[0]!]: input }, ['pooler_output']);
	return Float32Array.from(output['pooler_output']!.data as Float32Array);
}

/** In place: the rest of the file need not be written again. */
function addToBias(file: string, name: string, shift: Float32Array): void {
	const tensor = OnnxModel.read(file).initializers.get(name);
	if (!tensor || !('file' in tensor.data)) throw new Error(`${file} has no ${name}`);
	const values = loadFloats(tensor).map((value, i) => value + shift[i]!);
	const handle = openSync(file, 'r+');
	writeSync(handle, new Uint8Array(values.buffer), 0, values.byteLength, tensor.data.offset);
	closeSync(handle);
}

function average(values: number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squares(values: Float32Array): number {
	return values.reduce((sum, value) => sum + value * value, 0);
}
