import type { Generation, VectorKind } from '../../engine/index/vector-index';
import type { GenerationState, PhotoState } from './model';

/** The generations of a {@link Model}. */
export class Generations {
	readonly #photos: ReadonlyMap<string, PhotoState>;
	/** Oldest first; rows are never changed, only replaced. */
	#rows: GenerationState[];

	constructor(photos: ReadonlyMap<string, PhotoState>, from?: Generations) {
		this.#photos = photos;
		this.#rows = from ? [...from.#rows] : [];
	}

	get all(): readonly GenerationState[] {
		return this.#rows;
	}

	active(kind: VectorKind): GenerationState | undefined {
		return this.#rows.find((row) => row.kind === kind && row.state === 'active');
	}

	find(kind: VectorKind, model: string): GenerationState | undefined {
		return this.#rows.find((row) => row.kind === kind && row.model === model);
	}

	begin({ kind, model, dimension, ...rest }: Omit<GenerationState, 'state'>): string {
		if (this.find(kind, model)) return 'GENERATION_EXISTS';
		const waits = this.active(kind) !== undefined;
		this.#rows.push({
			...{ kind, model, dimension, state: waits ? 'building' : 'active' },
			activateWhenComplete: waits && rest.activateWhenComplete,
		});
		return 'begun';
	}

	activate(kind: VectorKind, model: string, incomplete: boolean): string {
		const row = this.find(kind, model);
		if (!row) return 'GENERATION_NOT_FOUND';
		if (!incomplete && this.missing(row) > 0) return 'GENERATION_INCOMPLETE';
		this.#activate(row);
		return 'active';
	}

	drop(kind: VectorKind, model: string): string {
		const row = this.find(kind, model);
		if (!row) return 'GENERATION_NOT_FOUND';
		if (row.state === 'active') return 'GENERATION_IN_USE';
		this.#rows = this.#rows.filter((other) => other !== row);
		return 'dropped';
	}

	/** After vectors came or went: whether another generation is active now. */
	settle(): boolean {
		for (const row of this.#rows) {
			const alone = !this.#rows.some((other) => other !== row && other.kind === row.kind);
			if (alone && this.vectors(row) === 0) return this.drop(row.kind, row.model) === 'dropped';
			if (!row.activateWhenComplete || row.state === 'active') continue;
			if (this.vectors(row) === 0 || this.missing(row) > 0) continue;
			this.#activate(row);
			this.settle();
			return true;
		}
		return false;
	}

	vectors(row: GenerationState): number {
		return this.#count((photo) => this.has(photo, row));
	}

	/** Photos with an active vector and none here. */
	missing(row: GenerationState): number {
		const active = this.active(row.kind);
		if (!active) return 0;
		return this.#count((photo) => this.has(photo, active) && !this.has(photo, row));
	}

	has(photo: PhotoState, { kind, model }: GenerationState): boolean {
		return photo[kind][model] !== undefined;
	}

	/** As a dump shows them. */
	asText(): string {
		return textOf(
			this.#rows.map((row) => {
				const { kind, model, dimension, state } = row;
				const counts = { vectors: this.vectors(row), missing: this.missing(row) };
				return { kind, model, dimension, state, ...counts };
			}),
		);
	}

	#count(condition: (photo: PhotoState) => boolean): number {
		let n = 0;
		for (const photo of this.#photos.values()) if (condition(photo)) n++;
		return n;
	}

	#activate(chosen: GenerationState): void {
		this.#rows = this.#rows.map((row): GenerationState => {
			if (row === chosen) return { ...row, state: 'active', activateWhenComplete: false };
			if (row.kind !== chosen.kind || row.state !== 'active') return row;
			return { ...row, state: 'retired', activateWhenComplete: false };
		});
	}
}

export function textOf(generations: Omit<Generation, 'created_at'>[]): string {
	const rows = generations.map((row) =>
		[row.kind, row.model, row.dimension, row.state, row.vectors, row.missing].join(' '),
	);
	return rows.sort().join('\n');
}
