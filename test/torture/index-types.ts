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
	options: { type: { type: 'flat' } },
	phases: ['writing', 'opening', 'writing', 'closing'],
	recall: 1,
};

const GRAPH: IndexType = {
	name: 'graph',
	options: { type: { type: 'graph', graphFrom: 150, snapshotFrom: 200 } },
	phases: ['snapshot', 'writing', 'opening', 'closing'],
	recall: 0.97,
};

/** All of them, in turns. */
export const INDEX_TYPES = [FLAT, GRAPH];
