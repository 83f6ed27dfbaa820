import { EngineError } from '../../errors';
import type { StoredVector, VectorKind } from '../vector-index';

/** What the vectors of a generation have in common. */
export interface ModelOfVectors {
	model: string;
	dimension: number;
}

/** |length² − 1| up to which a vector counts as unit length: float32 rounding, with room. */
const UNIT_TOLERANCE = 1e-5;

/** Shorter than this, the direction is rounding noise. */
const MIN_LENGTH = 1e-12;

/** Far above any encoder, far below what would make one item exhaust memory. */
const MAX_DIMENSION = 16_384;

/**
 * The vector at unit length. One without any numbers passes: whoever knows how many there should be
 * says so. Throws `BAD_VECTOR` for one that is not finite, is zero, too long, or of no model.
 */
export function unitVector({ vector, model }: StoredVector, kind: VectorKind): Float32Array {
	if (typeof model !== 'string' || model === '') {
		throw new EngineError('BAD_VECTOR', `The ${kind} vector does not say which model it is from.`);
	}
	if (!(vector instanceof Float32Array)) {
		throw new EngineError('BAD_VECTOR', `The ${kind} vector is not a Float32Array.`);
	}
	if (vector.length > MAX_DIMENSION) throw lengthError(kind, vector.length);
	return vector.length === 0 ? vector : unitLength(vector, kind);
}

/**
 * Whether a vector may meet those of `expected` (`undefined`: none are there yet).
 *
 * Throws `MODEL_MISMATCH`, `VECTOR_LENGTH`, and `BAD_VECTOR` for an empty one.
 */
export function checkQuery(
	expected: ModelOfVectors | undefined,
	{ vector, model }: StoredVector,
	kind: VectorKind,
	indexName: string,
): void {
	if (expected && expected.model !== model) {
		throw new EngineError(
			'MODEL_MISMATCH',
			`Index "${indexName}" holds ${kind} vectors of model "${expected.model}"; this one is from ` +
				`"${model}". Embed with "${expected.model}", or use another index.`,
			{ index: indexName, kind, expected: expected.model, got: model },
		);
	}
	checkLength(expected, vector.length, kind, indexName);
}

/** Throws `VECTOR_LENGTH`, and `BAD_VECTOR` for none at all. */
export function checkLength(
	expected: ModelOfVectors | undefined,
	got: number,
	kind: VectorKind,
	indexName: string,
): void {
	if (expected && got !== expected.dimension) {
		throw new EngineError(
			'VECTOR_LENGTH',
			`The ${kind} vector has ${got} numbers, but index "${indexName}" holds vectors of ` +
				`${expected.dimension} (model "${expected.model}").`,
			{ index: indexName, kind, expected: expected.dimension, got },
		);
	}
	if (got === 0) throw lengthError(kind, got);
}

function lengthError(kind: VectorKind, got: number): EngineError {
	return new EngineError(
		'BAD_VECTOR',
		`The ${kind} vector has ${got} numbers; 1 to ${MAX_DIMENSION} are possible.`,
	);
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
function squaredLength(vector: Float32Array): number {
	let sum = 0;
	for (let i = 0; i < vector.length; i++) sum += vector[i]! * vector[i]!;
	return sum;
}

/** Whether stored bytes still are a unit vector; flipped bits rarely leave one. */
export function isIntact(vector: Float32Array): boolean {
	return Math.abs(squaredLength(vector) - 1) <= 100 * UNIT_TOLERANCE;
}

/** Throws `BAD_REQUEST` for what no generation can be of. */
export function checkModel({ model, dimension }: ModelOfVectors): void {
	if (typeof model !== 'string' || model === '') {
		throw new EngineError('BAD_REQUEST', 'A generation is of a model: name it with its revision.');
	}
	if (!Number.isInteger(dimension) || dimension < 1 || dimension > MAX_DIMENSION) {
		throw new EngineError(
			'BAD_REQUEST',
			`The dimension of a generation is a whole number from 1 to ${MAX_DIMENSION}.`,
		);
	}
}
