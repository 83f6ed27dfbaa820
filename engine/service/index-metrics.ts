import { Gauge, type Registry } from 'prom-client';
import type { IndexStore, VectorIndexStats } from '../index/vector-index';

/** Name, meaning and value of what is told of an index. */
const OF_AN_INDEX: [string, string, (stats: VectorIndexStats) => number][] = [
	['photos', 'Photos of an index', (stats) => stats.photos],
	['text_owed', 'Photos whose words wait for their vector', (stats) => stats.textOwed],
	['index_disk_bytes', 'Size of an index on disk', (stats) => stats.bytesOnDisk],
];
/** The same of each of its two kinds of vectors. */
const OF_A_KIND: [string, string, (stats: VectorIndexStats['image']) => number][] = [
	['vectors', 'Vectors that are searched', (stats) => stats.count],
	['unmerged_vectors', 'Vectors that the graph does not hold yet', (stats) => stats.unmerged],
	['tombstones', 'Deleted vectors that memory still holds', (stats) => stats.tombstones],
	['index_memory_bytes', 'Memory that vectors take', (stats) => stats.bytesInMemory],
];

/**
 * Gauges of the indexes that are loaded; a scrape loads none. Returns what brings them up to date.
 */
export function indexMetrics(registry: Registry, indexes: IndexStore): () => Promise<void> {
	const gauge = (name: string, help: string, labelNames: string[]) =>
		new Gauge({ name: `semantic_image_search_${name}`, help, labelNames, registers: [registry] });
	const ofIndex = OF_AN_INDEX.map(
		([name, help, value]) => [gauge(name, help, ['index']), value] as const,
	);
	const ofKind = OF_A_KIND.map(
		([name, help, value]) => [gauge(name, help, ['index', 'kind']), value] as const,
	);
	return async () => {
		// An index that was dropped meanwhile is no reason to tell nothing of the others.
		const read = await Promise.allSettled(
			(await indexes.loaded()).map(async (index) => [index.name, await index.stats()] as const),
		);
		for (const [one] of [...ofIndex, ...ofKind]) one.reset();
		for (const result of read) {
			if (result.status === 'rejected') continue;
			const [index, stats] = result.value;
			for (const [one, value] of ofIndex) one.set({ index }, value(stats));
			for (const kind of ['image', 'text'] as const) {
				for (const [one, value] of ofKind) one.set({ index, kind }, value(stats[kind]));
			}
		}
	};
}
