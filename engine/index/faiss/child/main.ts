/**
 * The FAISS process: the one place where faiss-node is loaded, on the one thread that may use it.
 * Whatever ends it, a C++ exception or a lack of memory, ends nothing else. Long work is done in
 * slices, so that searches pass in between. It lives as long as its parent holds on to it.
 */
import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import type {
	AuditRequest,
	CreateRequest,
	ExtendRequest,
	LoadRequest,
	SealRequest,
	SearchRequest,
} from '../calls';
import type { Answer, Call } from '../process';
import { HeldGraph } from './held-graph';
import { freeUnused, type FaissModule } from './hnsw';

const graphs = new Map<string, HeldGraph>();
let faiss: FaissModule | undefined;

function loadFaiss(): FaissModule {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- may be absent, so not at the top
	faiss ??= require('faiss-node') as FaissModule;
	return faiss;
}

function graphOf(key: string): HeldGraph {
	const graph = graphs.get(key);
	if (!graph) throw new Error(`there is no graph ${key}`);
	return graph;
}

const handlers = {
	/** Whether FAISS loads at all. */
	probe: () => void loadFaiss(),
	create: async ({ key, source, scratch }: CreateRequest) => {
		graphs.set(key, await HeldGraph.create(loadFaiss(), source, scratch));
	},
	load: async ({ key, source, file, ...held }: LoadRequest) => {
		graphs.set(key, await HeldGraph.load(loadFaiss(), source, file, held));
		return graphOf(key).progress;
	},
	extend: ({ key, rows }: ExtendRequest) => graphOf(key).extend(rows),
	pending: ({ key }: { key: string }) => graphOf(key).pending(),
	seal: (request: SealRequest) => graphOf(request.key).seal(request),
	search: ({ key, query, k }: SearchRequest) => graphOf(key).search(query, k),
	audit: ({ key, file }: AuditRequest) => graphOf(key).audit(file),
	hurry: ({ key }: { key: string }) => graphOf(key).hurry(),
	drop: async ({ key }: { key: string }) => {
		graphs.get(key)?.drop();
		if (graphs.delete(key)) await freeUnused();
	},
};
export type FaissHandlers = typeof handlers;

async function answer({ id, name, argument }: Call): Promise<Answer> {
	try {
		const handler = handlers[name as keyof FaissHandlers] as (argument: unknown) => unknown;
		return { id, result: await handler(argument) };
	} catch (error) {
		return { id, error: error instanceof Error ? error.message : String(error) };
	}
}

process.title = 'semantic-image-search faiss';
process.on('message', (call: Call) => {
	// The answer comes in the same turn where the handler is synchronous: a search waits for nothing.
	void answer(call).then((reply) => process.connected && process.send?.(reply, () => {}));
});
// Also when the parent was killed: the channel's other end closes with it.
process.on('disconnect', () => process.exit());
// A terminal's or a service manager's signal goes to parent and child; the parent says when to end.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
beModest();

/** Nothing here may be at the expense of the engine. */
function beModest(): void {
	try {
		// Merging should not take processors from embedding. Searches are as fast as before (measured at
		// loads of three to five per core): a thread that mostly sleeps is woken at once.
		setPriority(5);
		// Where memory runs out, the kernel should end what can be had again from the database.
		if (process.platform === 'linux') writeFileSync('/proc/self/oom_score_adj', '800');
	} catch {
		// Not allowed here.
	}
}
