import type { DatabaseSync } from 'node:sqlite';
import { allPages } from './pages';

export type LabelKind = 'tag' | 'person';

export interface Label {
	/** As folded by `foldLabel`. */
	name: string;
	photos: number;
}

/** Labels counted in one go: two milliseconds, where 100,000 photos have five each. */
const PAGE = 100;

/** Every tag and every name of a person, remembered until something is written. */
export class LabelList {
	readonly #version;
	readonly #page;
	readonly #answers = new Map<LabelKind, { version: number; labels: Promise<Label[]> }>();

	constructor(db: DatabaseSync) {
		// Changes with every commit of another connection, and this one commits nothing.
		this.#version = db.prepare('PRAGMA data_version');
		this.#page = db.prepare(
			`SELECT name, count(*) AS photos FROM labels WHERE kind = ? AND name > ?
			GROUP BY name ORDER BY name LIMIT ${PAGE}`,
		);
	}

	async all(kind: LabelKind): Promise<Label[]> {
		const version = Number(this.#version.get()?.data_version);
		const answer = this.#answers.get(kind);
		if (answer?.version === version) return await answer.labels;
		const labels = allPages<Label>(PAGE, (last) =>
			this.#page
				.all(kind, last?.name ?? '')
				.map(({ name, photos }) => ({ name: String(name), photos: Number(photos) })),
		);
		this.#answers.set(kind, { version, labels });
		// What could not be read is tried again.
		labels.catch(() => this.#answers.delete(kind));
		return await labels;
	}
}
