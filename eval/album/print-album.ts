import type { AlbumReport, ClassFigures, JudgedQuery } from './evaluate-album';

const NAME = 22;
const CELL = 11;
const QUERY = 60;
const IDS = 12;

/** Lines for people. */
export function albumTable(report: AlbumReport): string[] {
	const classes = Object.entries(report.classes);
	return [
		`${report.queries} queries, ${report.records} records`,
		row('', 'queries', 'precision', 'recall', 'violations'),
		...classes.map(([name, figures]) => figuresRow(name, figures)),
		...(classes.length > 1 ? [figuresRow('all', report)] : []),
	];
}

/** What was expected and found, of each query that is not answered in full. */
export function failures(judged: JudgedQuery[]): string[] {
	return judged.flatMap(({ query, verdict }) => {
		const { precision = 1, recall = 1, violations, found, refusal } = verdict;
		if (precision === 1 && recall === 1 && violations.length === 0) return [];
		const { relevant = [] } = query;
		const lines = [
			`${query.class ?? ''}  ${shortened(JSON.stringify(query.q))}  precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}`,
			`  expected ${list(relevant)}`,
			`  missed   ${list(relevant.filter((id) => !found.includes(id)))}`,
			`  found    ${list(found.map((id) => (relevant.includes(id) ? id : `(${id})`)))}`,
			...violations.map((violation) => `  ${violation}`),
		];
		return refusal === undefined ? lines : [...lines, `  refused: ${refusal}`];
	});
}

function figuresRow(name: string, figures: ClassFigures): string {
	const { queries, precision, recall, violations } = figures;
	return row(name, String(queries), precision.toFixed(3), recall.toFixed(3), String(violations));
}

function row(name: string, ...cells: string[]): string {
	return name.padEnd(NAME) + cells.map((cell) => cell.padStart(CELL)).join('');
}

function list(ids: string[]): string {
	const rest = ids.length - IDS;
	return `${ids.length}: ${ids.slice(0, IDS).join(' ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function shortened(text: string): string {
	return text.length > QUERY ? `${text.slice(0, QUERY)}…` : text;
}
