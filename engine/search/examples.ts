import type { StoredVector } from '../index/vector-index';
import type { Plan } from './plan';
import type { Probe } from './probe';
import type { LikePhoto } from './query/query';
import type { QueryVectors, Vectors } from './query-vectors';

/** The term that example pictures make. */
const PICTURE = 'picture';

/** A vector of an example, and how much it counts; below 0: like anything but this. */
export interface Weighed {
	vector: StoredVector;
	weight: number;
}

/** Rocchio's weight of what is not wanted, against 1 for what is. */
const UNWANTED = 0.5;

/**
 * Several examples as one direction, after Rocchio: towards the mean of those that are wanted, and
 * half as far away from the mean of those that are not. Undefined without wanted ones.
 */
export function oneDirection(examples: readonly Weighed[]): StoredVector | undefined {
	const wanted = mean(examples.filter(({ weight }) => weight > 0));
	if (!wanted) return undefined;
	const unwanted = mean(examples.filter(({ weight }) => weight < 0));
	const { model } = examples.find(({ weight }) => weight > 0)!.vector;
	const sum = wanted.map((value, i) => value - (unwanted ? UNWANTED * unwanted[i]! : 0));
	const length = Math.hypot(...sum);
	// An example that is wanted and unwanted at once leaves no direction.
	return length > 1e-6 ? { vector: sum.map((value) => value / length), model } : undefined;
}

/** Weighed; undefined if there are none. */
function mean(examples: readonly Weighed[]): Float32Array | undefined {
	if (examples.length === 0) return undefined;
	const sum = new Float32Array(examples[0]!.vector.vector.length);
	const total = examples.reduce((all, { weight }) => all + weight, 0);
	for (const { vector, weight } of examples) {
		vector.vector.forEach((value, i) => (sum[i]! += (value * weight) / total));
	}
	return sum;
}

/** What examples add to a plan. */
export type ExampleProbes = Pick<Plan, 'terms' | 'without' | 'steps'>;

/** A plan, and examples beside what it asks for. */
export function withExamples(plan: Plan, examples: ExampleProbes): Plan {
	// Nothing can be compared with what has no vector: what else is asked for stands by itself.
	const isAlone = plan.terms.length === 0;
	const comparable = examples.terms.filter(
		({ vectors: { image, text } }) => isAlone || image || text,
	);
	return {
		filter: plan.filter,
		terms: [...plan.terms, ...comparable],
		without: [...plan.without, ...examples.without],
		// Its words hold of photos that are nothing like the example.
		whole: comparable.length > 0 ? undefined : plan.whole,
		steps: [...plan.steps, ...examples.steps],
	};
}

/**
 * Example pictures as what should be there: one term for all of them. Where none is wanted, each of the
 * unwanted by itself is what must not be there: "beach, but nothing like this". `steps` say so in words.
 */
export async function exampleProbes(
	vectors: QueryVectors,
	images: Uint8Array[],
	like: readonly LikePhoto[],
): Promise<ExampleProbes> {
	const examples: Example[] = [
		...(await Promise.all(
			images.map(async (bytes) => ({ vectors: await vectors.ofPicture(bytes), weight: 1 })),
		)),
		...(await Promise.all(
			like.map(async ({ id, weight }) => ({ vectors: await vectors.ofStored(id), weight })),
		)),
	];
	const wanted = examples.filter(({ weight }) => weight > 0).length;
	const steps = [
		...(wanted > 0 ? [`Like ${picturesOf(wanted)}.`] : []),
		...(wanted < examples.length ? [`Unlike ${picturesOf(examples.length - wanted)}.`] : []),
	];
	if (wanted > 0) return { terms: [probeOf(examples)], without: [], steps };
	const without = examples.map((example) => probeOf([{ ...example, weight: 1 }]));
	return { terms: [], without, steps };
}

const picturesOf = (count: number) => (count === 1 ? 'one picture' : `${count} pictures`);

interface Example {
	vectors: Vectors;
	weight: number;
}

function probeOf(examples: readonly Example[]): Probe {
	const weighed = (kind: 'image' | 'text') =>
		examples.flatMap((example): Weighed[] => {
			const vector = example.vectors[kind];
			return vector ? [{ vector, weight: example.weight }] : [];
		});
	const [image, text] = [oneDirection(weighed('image')), oneDirection(weighed('text'))];
	return { term: PICTURE, weight: 1, vectors: { image, text }, words: [], isLikeness: true };
}
