import { basename } from 'node:path';
import { whyInWords, type SearchResponse } from '../engine/client';
import type { N8n } from '../test/harness/n8n';

const WIDTHS = { file: 34, title: 30 };

/** Asks the search webhook, as anybody outside n8n would. */
export async function ask(n8n: N8n, query: string, limit = 5): Promise<SearchResponse> {
	const address = searchAddress(n8n, query, limit);
	const response = await fetch(address);
	const body = await response.text();
	if (!response.ok) throw new Error(`${address} answered ${response.status}: ${body}`);
	return JSON.parse(body) as SearchResponse;
}

export function searchAddress(n8n: N8n, query: string, limit?: number): string {
	const parameters = new URLSearchParams({ q: query });
	if (limit) parameters.set('limit', String(limit));
	return n8n.webhook(`image-search?${parameters}`);
}

/** File name of a result, as the gallery's lists name it. */
export function fileOf(result: { id: string; s3_path: string | null }): string {
	return basename(result.s3_path ?? result.id);
}

/** Lines of a table: rank, relevance, file, title, why. */
export function table(answer: SearchResponse): string[] {
	if (answer.results.length === 0) return ['  nothing found'];
	return [
		row('rank', 'relevance', 'file', 'title', 'why'),
		...answer.results.map((result, index) =>
			row(
				String(index + 1),
				result.relevance.toFixed(2),
				fileOf(result),
				result.title ?? '',
				whyInWords(result),
			),
		),
	];
}

function row(rank: string, relevance: string, file: string, title: string, why: string) {
	return [
		`  ${rank.padStart(4)}`,
		relevance.padEnd(9),
		cut(file, WIDTHS.file),
		cut(title, WIDTHS.title),
		why,
	].join('  ');
}

function cut(text: string, width: number): string {
	return (text.length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width);
}
