import type { PhotosReport, RankingName } from './evaluate-photos';

const RANKINGS: RankingName[] = ['visual', 'text', 'keyword', 'rrf', 'hybrid'];
const WIDTH = 8;

/** Lines for people. */
export function photosTable(report: PhotosReport): string[] {
	const { reliability, cutoff } = report;
	return [
		`${report.queries} captions, ${report.photos} photos`,
		row('', 'R@1', 'R@5', 'R@10', 'MRR'),
		...RANKINGS.map((name) => {
			const { r1, r5, r10, mrr } = report[name];
			return row(name, ...[r1, r5, r10, mrr].map(places));
		}),
		'',
		'Relevance of the first ten results, each caption asked with its photo and without',
		row('from', 'to', 'results', 'mean', 'right'),
		...reliability.bins.map(({ from, to, count, relevance, right }) =>
			row(from.toFixed(1), to.toFixed(1), String(count), places(relevance), places(right)),
		),
		`expected calibration error ${places(reliability.ece)}, of first results ${places(reliability.eceFirst)}`,
		`cut-off: precision ${places(cutoff.precision)}, recall ${places(cutoff.recall)}, ` +
			`"nothing matches" where nothing does ${places(cutoff.nothing)}`,
	];
}

function row(name: string, ...cells: string[]): string {
	return name.padEnd(WIDTH) + cells.map((cell) => cell.padStart(WIDTH)).join('');
}

function places(value: number): string {
	return value.toFixed(3);
}
