import type { DatabaseSync } from 'node:sqlite';

export type LabelKind = 'tag' | 'person';

export interface Label {
	/** As folded by `foldLabel`. */
	name: string;
	photos: number;
}

/** Every tag and every name of a person, remembered until something is written. */
export class LabelList {
	readonly #version;
	readonly #select;
	readonly #answers = new Map<LabelKind, { version: number; labels: Label[] }>();

	constructor(db: DatabaseSync) {
		// Changes with every commit of another connection, and this one commits nothing.
		this.#version = db.prepare('PRAGMA data_version');
		this.#select = db.prepare(
			'SELECT name, count(*) AS photos FROM labels WHERE kind = ? GROUP BY name ORDER BY name',
		);
	}

	all(kind: LabelKind): Label[] {
		const version = Number(this.#version.get()?.data_version);
		const answer = this.#answers.get(kind);
		if (answer?.version === version) return answer.labels;
		const rows = this.#select.all(kind);
		const labels = rows.map(({ name, photos }) => ({ name: String(name), photos: Number(photos) }));
		this.#answers.set(kind, { version, labels });
		return labels;
	}
}
