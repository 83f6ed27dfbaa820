import { faissClient } from '../../engine/index/faiss/faiss-client';
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
	options: { faissThreshold: Infinity },
	phases: ['writing', 'opening', 'writing', 'closing'],
	recall: 1,
};

const FAISS: IndexType = {
	name: 'faiss',
	options: { faissThreshold: 150 },
	phases: ['snapshot', 'writing', 'opening', 'closing'],
	recall: 0.97,
};

/** Those that there are on this machine. */
export async function indexTypes(): Promise<IndexType[]> {
	const { available } = await faissClient().availability();
	return available ? [FLAT, FAISS] : [FLAT];
}
