import { UNHARMED, type Damage } from './mismatch';
import type { Phase } from './aims';
import type { Outcome } from './torturer';

/** Kills by what they hit, and what they cost. */
export function tableOf(outcomes: Outcome[]): string {
	const phases = [...new Set(outcomes.flatMap(({ kills }) => Object.keys(kills) as Phase[]))];
	const head = ['index', ...phases, 'acknowledged', 'and done besides', 'photos', 'recall'];
	const rows = outcomes.map((outcome) => [
		outcome.type,
		...phases.map((phase) => String(outcome.kills[phase] ?? 0)),
		String(outcome.acknowledged),
		String(outcome.unacknowledged),
		String(outcome.photos),
		outcome.recall.toFixed(3),
	]);
	const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]!.length)));
	const line = (row: string[]) =>
		row
			.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
			.join('  ');
	return [head, ...rows].map(line).join('\n');
}

/** One line of JSON for programs. */
export function summaryOf(
	{ seed, kills }: { seed: string; kills: number },
	outcomes: Outcome[],
	failure?: { damage?: Damage | undefined },
): string {
	const sum: Partial<Record<Phase, number>> = {};
	for (const outcome of outcomes) {
		for (const [phase, n] of Object.entries(outcome.kills) as [Phase, number][])
			sum[phase] = (sum[phase] ?? 0) + n;
	}
	return JSON.stringify({
		torture: 'index',
		seed,
		kills,
		passed: failure === undefined,
		...(failure ? failure.damage : UNHARMED),
		acknowledged: outcomes.reduce((total, { acknowledged }) => total + acknowledged, 0),
		hit: sum,
		recall: Object.fromEntries(outcomes.map(({ type, recall }) => [type, recall])),
	});
}
