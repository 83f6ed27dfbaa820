import { EngineError } from '../../errors';
import type { StoredVector, VectorKind } from '../vector-index';

export interface FixedModel {
	name: string;
	dimension: number;
}

/** |length² − 1| up to which a vector counts as unit length: float32 rounding, with room. */
const UNIT_TOLERANCE = 1e-5;

/** Shorter than this, the direction is rounding noise. */
const MIN_LENGTH = 1e-12;

/** Far above any encoder, far below what would make one item exhaust memory. */
const MAX_DIMENSION = 16_384;

/**
 * The vector at unit length, if it may meet the vectors of `model` (`undefined`: none are there).
 *
 * Throws `BAD_VECTOR` (empty, not finite, zero), `MODEL_MISMATCH` or `VECTOR_LENGTH`.
 */
export function checkAgainst(
	model: FixedModel | undefined,
	stored: StoredVector,
	kind: VectorKind,
	indexName: string,
): Float32Array {
	if (typeof stored.model !== 'string' || stored.model === '') {
		throw new EngineError('BAD_VECTOR', `The ${kind} vector does not say which model it is from.`);
	}
	if (model && model.name !== stored.model) {
		throw new EngineError(
			'MODEL_MISMATCH',
			`Index "${indexName}" holds ${kind} vectors of model "${model.name}"; this one is from ` +
				`"${stored.model}". Embed with "${model.name}", or use another index.`,
			{ index: indexName, kind, expected: model.name, got: stored.model },
		);
	}
	const got = stored.vector.length;
	if (model && got !== model.dimension) {
		throw new EngineError(
			'VECTOR_LENGTH',
			`The ${kind} vector has ${got} numbers, but index "${indexName}" holds vectors of ` +
				`${model.dimension} (model "${model.name}").`,
			{ index: indexName, kind, expected: model.dimension, got },
		);
	}
	if (got === 0 || got > MAX_DIMENSION) {
		throw new EngineError(
			'BAD_VECTOR',
			`The ${kind} vector has ${got} numbers; 1 to ${MAX_DIMENSION} are possible.`,
		);
	}
	return unitLength(stored.vector, kind);
}

function unitLength(vector: Float32Array, kind: VectorKind): Float32Array {
	const squared = squaredLength(vector);
	if (!Number.isFinite(squared)) {
		const at = vector.findIndex((value) => !Number.isFinite(value));
		throw new EngineError(
			'BAD_VECTOR',
			`The ${kind} vector has ${vector[at]} at position ${at}; only finite numbers can be compared.`,
		);
	}
	const length = Math.sqrt(squared);
	if (length < MIN_LENGTH) {
		throw new EngineError('BAD_VECTOR', `The ${kind} vector is zero: it has no direction.`);
	}
	if (Math.abs(squared - 1) <= UNIT_TOLERANCE) return vector;
	return vector.map((value) => value / length);
}

/** Σ x², in double precision. */
export function squaredLength(vector: Float32Array): number {
	let sum = 0;
	for (let i = 0; i < vector.length; i++) sum += vector[i]! * vector[i]!;
	return sum;
}

/** Whether stored bytes still are a unit vector; flipped bits rarely leave one. */
export function isIntact(vector: Float32Array): boolean {
	return Math.abs(squaredLength(vector) - 1) <= 100 * UNIT_TOLERANCE;
}
