/** The thread of exact scans. Stateless: every request brings its view of the shared rows. */
import { serve } from '../../worker-rpc';
import { scanRows } from './exact-scan';
import type { ScanRequest } from './exact-scanner';

const handlers = {
	scan: ({ view, query, k, subset }: ScanRequest) => scanRows(view, query, k, subset),
};
export type ExactHandlers = typeof handlers;
serve(handlers);
