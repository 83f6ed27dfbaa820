import { EngineError } from '../../engine/errors';
import type { VectorIndex } from '../../engine/index/vector-index';
import { askRelevant, type Embedders } from '../ask';
import { mean, rounded } from '../rank-figures';
import { storeAll, withIndex } from '../temporary-index';
import { readAlbum, type Album, type AlbumQuery } from './album-file';
import { judge, type Verdict } from './judge';

export interface ClassFigures {
	queries: number;
	precision: number;
	recall: number;
	violations: number;
}

export interface AlbumReport extends ClassFigures {
	eval: 'album';
	records: number;
	/** By class, in the order of the file. */
	classes: Record<string, ClassFigures>;
}

export interface JudgedQuery {
	query: AlbumQuery;
	verdict: Verdict;
}

const UNNAMED = 'all';

/** There are no vectors, and so nobody asks for any. */
const NO_MODEL: Embedders = {
	encoder: { info: noModel, embedText: noModel, embedImage: noModel },
	textEmbedder: { embedQuery: noModel, embedDocuments: noModel },
};

/**
 * How well words, people, filters and negatives find what they mean in an album without vectors.
 *
 * @throws RefusedInput
 */
export async function evaluateAlbum(
	file: string,
): Promise<{ report: AlbumReport; judged: JudgedQuery[] }> {
	const album = readAlbum(file);
	const judged = await withIndex(async (index) => {
		await storeAll(index, album.records);
		const verdicts: JudgedQuery[] = [];
		for (const query of album.queries) {
			verdicts.push({ query, verdict: await ask(index, album, query) });
		}
		return verdicts;
	});
	const classes = [...new Set(judged.map(classOf))];
	return {
		judged,
		report: {
			eval: 'album',
			records: album.records.length,
			...figures(judged),
			classes: Object.fromEntries(
				classes.map((name) => [name, figures(judged.filter((one) => classOf(one) === name))]),
			),
		},
	};
}

function classOf({ query }: JudgedQuery): string {
	return query.class ?? UNNAMED;
}

async function ask(index: VectorIndex, album: Album, query: AlbumQuery): Promise<Verdict> {
	try {
		const found = await askRelevant(
			index,
			{ text: query.q, sort: query.sort, limit: album.records.length },
			NO_MODEL,
		);
		return judge(
			album,
			query,
			found.flatMap(({ ids }) => ids),
		);
	} catch (error) {
		// A clear refusal finds nothing; whatever else is thrown, the service would answer by a 500.
		const isClear = error instanceof EngineError && error.status < 500;
		const verdict = judge(album, query, []);
		const broken = isClear ? [] : [`broke: ${error instanceof Error ? error.message : 'unknown'}`];
		return {
			...verdict,
			refusal: isClear ? error.message : undefined,
			violations: [...verdict.violations, ...broken],
		};
	}
}

function figures(judged: JudgedQuery[]): ClassFigures {
	const verdicts = judged.map(({ verdict }) => verdict);
	const average = (values: (number | undefined)[]) => {
		const known = values.filter((value) => value !== undefined);
		return known.length > 0 ? rounded(mean(known)) : 1;
	};
	return {
		queries: judged.length,
		precision: average(verdicts.map(({ precision }) => precision)),
		recall: average(verdicts.map(({ recall }) => recall)),
		violations: verdicts.reduce((sum, { violations }) => sum + violations.length, 0),
	};
}

async function noModel(): Promise<never> {
	throw new EngineError('MODEL_OFFLINE', 'There is no model in this evaluation.');
}
