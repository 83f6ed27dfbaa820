import type { AlbumRecord } from './album-file';
import type { Concept, Occasion, Person, Place } from './world';

/** A few hours somewhere, of which there are several photos. */
export interface Moment {
	occasion: Concept | Occasion;
	place: Place;
	people: Person[];
	things: Concept[];
	scene: Concept;
	/** By the clock on the wall there, of each photo. */
	times: string[];
}

/** What is in a photo. */
export interface Truth {
	occasion: Concept;
	place: Place;
	people: Person[];
	things: Concept[];
	scene: Concept;
}

/** A photo as it is stored, and what its record says: of the rest nobody can know. */
export interface Photo {
	record: AlbumRecord;
	truth: Truth;
	/** Ids of the concepts, people and places that its words name. */
	stated: Set<string>;
	/** Ids of the people in `record.people`. */
	labelled: Set<string>;
	/** Ids of the concepts that its tags name, by tag. */
	tags: Map<string, string>;
}
