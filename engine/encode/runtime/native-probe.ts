/**
 * Script of a process of its own: whether the native runtime loads and computes on this machine. A
 * library built for another processor ends its process with a signal, which must not be the engine's.
 * Exit code 0: it works. Otherwise the last line on stderr is the reason.
 */
import path from 'node:path';
import { PACKAGE_ROOT } from '../../locations';
import { loadRuntime } from './runtime';
import { Tower } from './tower';

/** Small, always there, and made of the operations that every tower is made of. */
const MODEL = path.join(PACKAGE_ROOT, 'models', 'demo', 'onnx', 'vision_model.onnx');
const IMAGE_SIZE = 96;

async function probe(): Promise<void> {
	const tower = await Tower.load(MODEL, await loadRuntime('native', 1));
	await tower.embed({
		pixels: new Float32Array(3 * IMAGE_SIZE * IMAGE_SIZE).fill(0.5),
		size: IMAGE_SIZE,
	});
}

probe().catch((error: unknown) => {
	// The loader's own words; ours around them are for where there is no other runtime.
	const { cause } = error as Error;
	const reason = cause instanceof Error ? cause : (error as Error);
	console.error(reason.message.split('\n')[0]);
	process.exit(1);
});
