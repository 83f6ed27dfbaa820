import type { Phase } from './aims';

/** What a writer was doing when it was killed; `idle`: it had just done it. */
export type Hit = Phase | 'migration' | 'import' | 'restore' | 'idle';

/** What came of one series of kills. */
export interface Outcome {
	index: string;
	kills: Partial<Record<Hit, number>>;
	/** Calls that changed something and were acknowledged. */
	acknowledged: number;
	/** Calls under way at a kill that had happened. */
	unacknowledged: number;
	/** Complete ones, opened and compared. */
	backups: number;
	/** Photos in the index at the end. */
	photos: number;
	recall: number;
}

/** Kills writers of one index, one after the other, and looks at what each leaves. */
export interface Series {
	/** One kill. What it left may be looked at by the next, or by {@link finish}. */
	kill(): Promise<void>;
	/** Looks at what the last kill left. */
	finish(): Promise<Outcome>;
	/** After a failure: no writer may outlive us. */
	abandon(): Promise<void>;
}
