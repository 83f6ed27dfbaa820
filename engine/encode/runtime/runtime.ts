import { readFile } from 'node:fs/promises';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { EngineError, messageOf } from '../../errors';
import { giveBack } from '../give-back';

/** `native`: onnxruntime-node. `wasm`: onnxruntime-web's WebAssembly, which runs wherever Node does. */
export type RuntimeName = 'native' | 'wasm';

/** As much of onnxruntime as a tower needs; both builds of it have the same JavaScript API. */
export interface Runtime {
	readonly name: RuntimeName;
	/** Of onnxruntime. */
	readonly version: string;
	readonly Tensor: typeof Tensor;
	/** @param file an ONNX graph; throws what onnxruntime throws where it is none */
	createSession(file: string): Promise<InferenceSession>;
}

/**
 * Loaded late, and once per thread: the native library is absent on musl, and then only encoding may
 * fail.
 *
 * @param threads of one inference
 * @throws EngineError `RUNTIME_UNAVAILABLE`
 */
export async function loadRuntime(name: RuntimeName, threads: number): Promise<Runtime> {
	try {
		return await (name === 'native' ? loadNative(threads) : loadWasm(threads));
	} catch (error) {
		const reason = messageOf(error).split('\n')[0];
		throw new EngineError(
			'RUNTIME_UNAVAILABLE',
			name === 'native'
				? `onnxruntime-node cannot be loaded here (${reason}). Leave SEMANTIC_IMAGE_SEARCH_RUNTIME at auto to run on WebAssembly instead.`
				: `onnxruntime-web cannot be loaded here (${reason}). Install the package again.`,
			undefined,
			{ cause: error },
		);
	}
}

async function loadNative(threads: number): Promise<Runtime> {
	const { InferenceSession, Tensor, env } = await import('onnxruntime-node');
	return {
		name: 'native',
		version: env.versions.node ?? env.versions.common,
		Tensor,
		createSession: (file) =>
			InferenceSession.create(file, {
				intraOpNumThreads: threads,
				interOpNumThreads: 1,
				graphOptimizationLevel: 'all',
				// Spinning threads would burn a small server's cores between two photos.
				extra: { session: { intra_op: { allow_spinning: '0' } } },
			}),
	};
}

async function loadWasm(threads: number): Promise<Runtime> {
	const { InferenceSession, Tensor, env } = await import('onnxruntime-web');
	env.wasm.numThreads = threads;
	return {
		name: 'wasm',
		version: env.versions.web ?? env.versions.common,
		Tensor,
		async createSession(file) {
			// Copied into WebAssembly's memory; a path would be read in pieces and joined, a second copy.
			const bytes = await readFile(file);
			try {
				return await InferenceSession.create(bytes, {
					executionProviders: ['wasm'],
					graphOptimizationLevel: 'all',
				});
			} finally {
				giveBack(bytes);
			}
		},
	};
}
