import type { Report } from './report';

/** Below this a library of some thousand photos takes a night. */
const SLOW_IMAGES_PER_S = 1;
/** Both towers of a base model in fp32 while they load. */
const TIGHT_MEMORY = 2e9;

/** What is worth changing, most important first; empty where all is well. */
export function advice({ runtime, models, speed, indexes, faiss }: Report): string[] {
	const lines: string[] = [];
	if (typeof runtime === 'string') {
		lines.push(`Nothing can be embedded: ${runtime}`);
	} else {
		const { onnxruntime, threads, cores, memory, cpu } = runtime;
		if (onnxruntime.name === 'wasm') {
			lines.push(
				`Embedding runs on WebAssembly, several times slower than it could, because ${onnxruntime.reason}. ` +
					(onnxruntime.reason?.includes('SEMANTIC_IMAGE_SEARCH_RUNTIME')
						? 'Set it to auto.'
						: 'Run the engine on a system with glibc, such as a Debian-based container: `semantic-image-search serve --listen`, and SEMANTIC_IMAGE_SEARCH_URL for n8n.'),
			);
		}
		if (cpu.features?.length === 0) {
			lines.push(
				'The processor has none of the instructions that make embedding fast (AVX2, VNNI).',
			);
		}
		if (cores.limit !== null && cores.limit < (cores.physical ?? cores.logical)) {
			lines.push(
				`The container may use ${cores.limit} of ${cores.physical ?? cores.logical} cores. A higher CPU limit makes embedding faster.`,
			);
		}
		if (threads > cores.logical) {
			lines.push(
				`${threads} threads share ${cores.logical} cores, which slows them all. Unset SEMANTIC_IMAGE_SEARCH_THREADS.`,
			);
		}
		if ((memory.limit_bytes ?? memory.total_bytes) < TIGHT_MEMORY) {
			lines.push('Less than 2 GB of memory: a base model may be killed while it loads.');
		}
	}
	const standard = models.find((model) => model.is_default);
	if (!standard) {
		lines.push(
			'The default model does not exist. SEMANTIC_IMAGE_SEARCH_MODEL takes a name of `semantic-image-search models list`.',
		);
	} else if (standard.state === 'downloading' || standard.state === 'preparing') {
		const percent = Math.floor((standard.progress ?? 0) * 100);
		lines.push(
			`The default model ${standard.id} is ${standard.state === 'preparing' ? 'being prepared' : 'being downloaded'}: ${percent} %.`,
		);
	} else if (standard.state === 'remote') {
		lines.push(
			`The default model ${standard.id} is not on disk; the first use downloads it, or \`semantic-image-search models get ${standard.id}\` now.`,
		);
	}
	for (const { id, problem } of models) if (problem) lines.push(`Model ${id}: ${problem}`);
	if (typeof speed === 'string') lines.push(`The default model does not embed: ${speed}`);
	else if (speed && speed.images_per_s < SLOW_IMAGES_PER_S) {
		lines.push(
			'Less than a photo a second. siglip-base-patch16-224 is six times as fast as -512 and finds almost as well; set it as SEMANTIC_IMAGE_SEARCH_MODEL before the first photo is indexed.',
		);
	}
	if (faiss && !faiss.loads && process.env.SEMANTIC_IMAGE_SEARCH_INDEX_TYPE === 'faiss') {
		lines.push(
			`SEMANTIC_IMAGE_SEARCH_INDEX_TYPE asks for FAISS, but ${faiss.reason}. Until then searches look at every photo; unset it for the graph that needs no FAISS.`,
		);
	}
	for (const { name, text_owed } of indexes) {
		if (text_owed > 0) {
			lines.push(`Index ${name}: the words of ${text_owed} photos wait for Ollama.`);
		}
	}
	return lines;
}
