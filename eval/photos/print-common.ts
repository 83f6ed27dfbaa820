import type { CommonReport } from './evaluate-common';

const WIDTH = 11;

/** Lines for people. */
export function commonTable({ word, photos, figures }: CommonReport): string[] {
	return [
		`"${word}" and "-${word}", ${photos} photos`,
		row('shown by', 'sigmoid', 'precision', 'recall', 'let through', 'lost'),
		...figures.map(({ share, sigmoid, precision, recall, letThrough, lost }) => {
			const values = [precision, recall, letThrough, lost].map((value) => value.toFixed(3));
			return row(`${100 * share} %`, sigmoid ? 'yes' : 'no', ...values);
		}),
	];
}

function row(name: string, ...cells: string[]): string {
	return name.padEnd(WIDTH) + cells.map((cell) => cell.padStart(WIDTH + 1)).join('');
}
