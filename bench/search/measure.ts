import { round } from '../index/figures';
import { percentile } from '../support/timing';
import type { AskedEngine } from './asked-engine';
import { Questions, SCENARIOS, type Scenario } from './questions';

/** Searches before those that count. */
const WARM_UP = 30;
const STARTS = 3;
/** The engine remembers the vectors of 256 texts, and a question with a negative has two. */
const AT_ONCE = 80;

interface Times {
	ms: number[];
	/** By stage. */
	stages: Map<string, number[]>;
}

/** Figures of one scenario, with other texts each time and with the same ones again. */
export interface Figures {
	new: Latency;
	cached: Latency;
}

interface Latency {
	p50Ms: number;
	p99Ms: number;
	/** Medians, and what the engine's stages leave of the whole: HTTP, JSON, photos read and explained. */
	stages: Record<string, number>;
}

/**
 * Searches one after the other, each scenario's share in turns so that a busy minute is everybody's.
 *
 * @param count questions of each scenario
 */
export async function measureSearches(
	engine: AskedEngine,
	count: number,
	say: (text: string) => void,
): Promise<{ scenarios: Record<Scenario, Figures>; rssMb: number; ownMb: number }> {
	const questions = new Questions();
	for (let i = 0; i < WARM_UP; i++) {
		await engine.search(questions.next(SCENARIOS[i % SCENARIOS.length]!));
	}
	const times = new Map(SCENARIOS.map((name) => [name, { new: noTimes(), cached: noTimes() }]));
	const largest = { rssMb: 0, ownMb: 0 };
	for (let done = 0; done < count; done += AT_ONCE) {
		for (const scenario of SCENARIOS) {
			say(`${scenario}, ${done} of ${count}`);
			const share = Array.from({ length: Math.min(AT_ONCE, count - done) }, () =>
				questions.next(scenario),
			);
			for (const pass of ['new', 'cached'] as const) {
				for (const question of share) {
					const [answer, ms] = await engine.search(question);
					add(times.get(scenario)![pass], ms, answer.explain!.timings_ms);
				}
			}
			const { rssMb, ownMb } = await engine.memory();
			largest.rssMb = Math.max(largest.rssMb, rssMb);
			largest.ownMb = Math.max(largest.ownMb, ownMb);
		}
	}
	const scenarios = Object.fromEntries(
		[...times].map(([name, each]) => [
			name,
			{ new: latencyOf(each.new), cached: latencyOf(each.cached) },
		]),
	) as Record<Scenario, Figures>;
	return { scenarios, ...largest };
}

/**
 * Milliseconds from no process to the first answer, medians: of a search, and of the encoder alone with
 * a text.
 */
export async function measureStarts(
	engine: AskedEngine,
): Promise<{ firstMs: number; firstTextMs: number }> {
	const questions = new Questions();
	const searches: number[] = [];
	const texts: number[] = [];
	for (let start = 0; start < STARTS; start++) {
		texts.push(await engine.cold(() => engine.embed('a dog on the beach')));
		searches.push(await engine.cold(() => engine.search(questions.next('text'))));
	}
	return { firstMs: percentile(searches, 0.5), firstTextMs: percentile(texts, 0.5) };
}

function noTimes(): Times {
	return { ms: [], stages: new Map() };
}

function add({ ms: all, stages }: Times, ms: number, timings: Record<string, number>): void {
	all.push(ms);
	const staged = Object.values(timings).reduce((sum, value) => sum + value, 0);
	for (const [stage, value] of [...Object.entries(timings), ['rest', ms - staged] as const]) {
		const values = stages.get(stage) ?? [];
		values.push(value);
		stages.set(stage, values);
	}
}

function latencyOf({ ms, stages }: Times): Latency {
	return {
		p50Ms: round(percentile(ms, 0.5), 1),
		p99Ms: round(percentile(ms, 0.99), 1),
		stages: Object.fromEntries(
			[...stages].map(([stage, values]) => [stage, round(percentile(values, 0.5), 2)]),
		),
	};
}
