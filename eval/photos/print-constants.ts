import type { ConstantsReport } from './measure-constants';

const WIDTH = 14;

/** Lines for people. */
export function constantsTable({ photos, measured }: ConstantsReport): string[] {
	return [
		`Standard scores of relevant photos, and correlation of both channels; ${photos} photos`,
		row('stored', 'visual', 'text', 'unrelated', 'relevant'),
		...measured.map(({ stored, visual, text, correlation }) =>
			row(
				`caption ${stored}`,
				...[visual, text].map(({ mean, std }) => `${mean.toFixed(2)} ± ${std.toFixed(2)}`),
				...[correlation.unrelated, correlation.relevant].map((value) => value.toFixed(2)),
			),
		),
	];
}

function row(name: string, ...cells: string[]): string {
	return name.padEnd(WIDTH) + cells.map((cell) => cell.padStart(WIDTH)).join('');
}
