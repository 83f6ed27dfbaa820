import type { Generation, PhotoRecord, VectorKind } from '../../engine/index/vector-index';
import type { PhotoFilter } from '../../engine/service/contract';
import type { KeyedVector } from './keyed-vector';

/** A {@link PhotoRecord} whose vectors are keys. */
export interface Entry extends Omit<PhotoRecord, 'image' | 'text'> {
	image?: KeyedVector | null;
	text?: KeyedVector | null;
}

export interface Payment {
	id: string;
	revision: number;
	/** What was embedded; the vector's key is made of it. */
	text: string;
	model: string;
	dimension: number;
}

/** Calls that change what is stored. */
export type Write =
	| { do: 'upsert'; photos: Entry[] }
	| { do: 'delete'; ids: string[] }
	| { do: 'pay'; payments: Payment[] }
	| {
			do: 'begin';
			kind: VectorKind;
			model: string;
			dimension: number;
			activateWhenComplete: boolean;
	  }
	| { do: 'activate'; kind: VectorKind; model: string; incomplete: boolean }
	| { do: 'drop'; kind: VectorKind; model: string };

/** Calls that do not. */
export type Read =
	| { do: 'owed'; limit: number }
	| { do: 'ids'; filter: PhotoFilter }
	| { do: 'keywords'; words: string[]; k: number }
	| { do: 'search'; kind: VectorKind; query: KeyedVector; k: number; filter?: PhotoFilter }
	| { do: 'dump' }
	| { do: 'verify' }
	/** Of the image vectors. */
	| { do: 'stats' }
	| { do: 'optimize' }
	| { do: 'backup'; file: string }
	/** In the place of the index. */
	| { do: 'restore'; file: string }
	| { do: 'export'; file: string }
	| { do: 'import'; file: string }
	| { do: 'close' };

export type Call = Write | Read;

/** A photo as it is stored; vectors as `model: fingerprint`. */
export interface DumpedPhoto {
	id: string;
	facts: string;
	owed: boolean;
	image: Record<string, string>;
	text: Record<string, string>;
}

export interface Dump {
	photos: DumpedPhoto[];
	generations: Generation[];
	/** What the index counts, to be compared with the photos above. */
	counts: { photos: number; image: number; text: number; owed: number };
	/** The models that are searched. */
	searched: Record<VectorKind, string | null>;
}
