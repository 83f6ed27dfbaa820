import { installation } from '../../engine/index/faiss/installation';
import type { Phase } from './aims';
import type { WriterSettings } from './writer-process';

/** A way to search vectors, with thresholds low enough that a few hundred photos use it. */
export interface IndexType {
	name: string;
	options: WriterSettings['options'];
	/** Worth aiming at, in turns. */
	phases: Phase[];
	/** The least recall that counts as found. */
	recall: number;
}

const FLAT: IndexType = {
	name: 'flat',
	options: { type: { type: 'flat', snapshotFrom: 200 } },
	phases: ['writing', 'opening', 'snapshot', 'backup', 'drop', 'closing', 'optimize'],
	recall: 1,
};

const GRAPH: IndexType = {
	name: 'graph',
	options: { type: { type: 'graph', graphFrom: 150, snapshotFrom: 200 } },
	phases: ['snapshot', 'merge', 'opening', 'writing', 'backup', 'closing', 'optimize', 'drop'],
	recall: 0.97,
};

const FAISS: IndexType = {
	name: 'faiss',
	options: { type: { type: 'faiss', graphFrom: 150, snapshotFrom: 200 } },
	phases: ['snapshot', 'writing', 'opening', 'merge', 'backup', 'closing', 'optimize', 'drop'],
	recall: 0.97,
};

/** Those that there are on this machine. */
export function indexTypes(): IndexType[] {
	return installation().binary === 'none' ? [FLAT, GRAPH] : [FLAT, GRAPH, FAISS];
}
