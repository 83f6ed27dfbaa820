import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { IndexStore } from '../index/vector-index';
import { indexMetrics } from './index-metrics';

/** Prometheus metrics of this process. */
export interface Metrics {
	readonly contentType: string;
	observe(method: string, route: string, status: number, seconds: number): void;
	text(): Promise<string>;
}

export function createMetrics(indexes: IndexStore): Metrics {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const requests = new Histogram({
		name: 'semantic_image_search_request_seconds',
		help: 'Duration of API requests',
		labelNames: ['method', 'route', 'status'],
		buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
		registers: [registry],
	});
	const readIndexes = indexMetrics(registry, indexes);
	return {
		contentType: registry.contentType,
		observe: (method, route, status, seconds) =>
			requests.observe({ method, route, status }, seconds),
		async text() {
			await readIndexes();
			return registry.metrics();
		},
	};
}
