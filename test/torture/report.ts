import { UNHARMED, type Damage } from './mismatch';
import type { Hit, Outcome } from './outcome';

/** Kills by what they hit, and what they cost. */
export function tableOf(outcomes: Outcome[]): string {
	const phases = [...new Set(outcomes.flatMap(({ kills }) => Object.keys(kills) as Hit[]))];
	const head = [
		'index',
		...phases,
		'acknowledged',
		'and done besides',
		'backups',
		'photos',
		'recall',
	];
	const rows = outcomes.map((outcome) => [
		outcome.index,
		...phases.map((phase) => String(outcome.kills[phase] ?? 0)),
		String(outcome.acknowledged),
		String(outcome.unacknowledged),
		String(outcome.backups),
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
	const sum: Partial<Record<Hit, number>> = {};
	for (const outcome of outcomes) {
		for (const [phase, n] of Object.entries(outcome.kills) as [Hit, number][])
			sum[phase] = (sum[phase] ?? 0) + n;
	}
	return JSON.stringify({
		torture: 'index',
		seed,
		kills,
		passed: failure === undefined,
		...(failure ? failure.damage : UNHARMED),
		acknowledged: outcomes.reduce((total, { acknowledged }) => total + acknowledged, 0),
		backups: outcomes.reduce((total, { backups }) => total + backups, 0),
		hit: sum,
		recall: Object.fromEntries(outcomes.map(({ index, recall }) => [index, recall])),
	});
}
