/** How an engine's process is started, whoever starts it: measured, and only possible from outside. */
import { availableParallelism } from 'node:os';

/** Threads on which V8 collects garbage and compiles, as Node has it on machines of any size. */
const V8_THREADS = 4;

export const ENGINE_NODE_OPTIONS = [
	// Megabytes of V8's young generation, per thread. With the default of 16 a hundred megabytes of
	// photos that were done with waited for collection (340 MB instead of 235 with the demo model).
	'--max-semi-space-size=1',
	// On two cores four of them took turns with the thread that answers, for milliseconds at a time:
	// p99 of searches beside upserts 4.4 ms instead of 3.4.
	`--v8-pool-size=${Math.max(1, Math.min(V8_THREADS, availableParallelism() - 1))}`,
];

/** Of glibc's allocator; other C libraries ignore them. */
export const ENGINE_ENV = {
	// glibc gives every thread an arena of its own, and each keeps what photos once needed: after
	// 1,600 of them 280 MB instead of 248 (demo model).
	MALLOC_ARENA_MAX: '2',
	// Blocks from here on are mapped, and go back to the system when freed. Otherwise glibc raises the
	// limit to 32 MB after the first large block, and what a model needed while it loaded stays: 308 MB
	// instead of 228 with SigLIP base's image tower in int8, 720 instead of 498 in fp32; and after the
	// tower is unloaded 210 and more instead of 100.
	MALLOC_MMAP_THRESHOLD_: '131072',
};
