import { EngineError, asEngineError } from '../errors';
import type { Encoder } from '../encode/encoder';
import type { StoredVector, VectorIndex, VectorKind, Wording } from '../index/vector-index';
import type { Channel, OllamaConnection, PhotoFilter } from '../service/contract';
import type { TextEmbedder } from '../text/text-embedder';
import { asTyped } from '../words/wording';
import { bytesDigest, queryDigest, type Cursors, type Place } from './cursor';
import {
	compareRanked,
	fuse,
	inOrder,
	joinParts,
	similarity,
	type Evidence,
	type Ranked,
} from './fusion';
import { checkQuery, keywords, parseQuery } from './query';

export interface SearchInput {
	text?: string;
	/** Bytes of an example picture. */
	image?: Uint8Array;
	/** Id of a stored photo to find more of. */
	like?: string;
	filter?: PhotoFilter;
	limit: number;
	cursor?: string;
	minSimilarity?: number;
	ollama?: OllamaConnection;
}

export interface SearchOutput {
	/** This page, best first, with similarity 0…1. */
	page: (Ranked & { similarity: number })[];
	total: number;
	nextCursor: string | null;
	hints: string[];
	model: string | null;
}

/** What a search works with. */
export interface SearchTools {
	encoder: Encoder;
	textEmbedder: TextEmbedder;
	cursors: Cursors;
}

/** Candidates taken from each channel before fusion; far beyond the first page. */
const CANDIDATES = 200;

/** What one part of the query asks of each channel. */
interface Probe {
	image?: StoredVector;
	text?: StoredVector;
	words?: Wording[];
}

/**
 * One search over one index: parts → channels → fusion → page. A channel that cannot answer leaves
 * a hint; only when none can, its error is thrown.
 *
 * @throws EngineError `EMPTY_QUERY`, `QUERY_TOO_LONG`, `BAD_CURSOR`, `IMAGE_NOT_FOUND`,
 *   `MODEL_MISMATCH`, `MODEL_NOT_READY` and the image errors
 */
export async function search(
	index: VectorIndex,
	input: SearchInput,
	tools: SearchTools,
	signal?: AbortSignal,
): Promise<SearchOutput> {
	const text = checkText(input);
	const digest = queryDigest([
		index.name,
		text,
		input.image && bytesDigest(input.image),
		input.like,
		input.filter,
	]);
	const after = input.cursor ? tools.cursors.read<Place>(input.cursor, digest) : undefined;
	const models = { image: index.model('image'), text: index.model('text') };
	const asker = new Asker(index, input, tools, models, signal);

	const probes: Probe[] = [];
	if (text)
		probes.push(
			...(await Promise.all(parseQuery(text).parts.map((part) => asker.probeText(part)))),
		);
	if (input.image) probes.push(await asker.probeImage(input.image));
	if (input.like !== undefined) probes.push(await asker.probeLike(input.like));

	const wanted = Math.max(CANDIDATES, (after?.rank ?? 0) + input.limit + 1);
	const found = await Promise.all(
		probes.map((probe) => gather(index, probe, wanted, input.filter)),
	);
	asker.throwIfNothingAnswered(found.some((evidence) => evidence.length > 0));
	const candidates = new Set(found.flat().flatMap(({ scores }) => [...scores.keys()]));
	if (input.like !== undefined) candidates.delete(input.like);
	const parts: Ranked[][] = [];
	for (const [i, evidence] of found.entries()) {
		parts.push(fuse(await complete(index, probes[i]!, evidence, [...candidates])));
	}
	const ranked = inOrder(parts.length === 1 ? parts[0]! : joinParts(parts))
		.map((entry) => ({ ...entry, similarity: similarity(entry.evidence) }))
		.filter((entry) => entry.id !== input.like && entry.similarity >= (input.minSimilarity ?? 0));

	const start = after ? startAfter(ranked, after) : 0;
	const page = ranked.slice(start, start + input.limit);
	const last = page.at(-1);
	const hasMore = last && ranked.length > start + page.length;
	const place = hasMore && {
		id: last.id,
		score: last.evidence,
		rank: (after?.rank ?? 0) + page.length,
	};
	return {
		page,
		total: ranked.length,
		nextCursor: place ? tools.cursors.write(place satisfies Place, digest) : null,
		hints: asker.hints,
		model: models.image,
	};
}

/**
 * Where the page after this place begins. Photos that came or went meanwhile move everybody behind
 * them, so it is the photo that is looked for, not the number; one that is gone left its evidence.
 */
function startAfter(ranked: Ranked[], { id, score }: Place): number {
	const position = ranked.findIndex((entry) => entry.id === id);
	if (position !== -1) return position + 1;
	const next = ranked.findIndex((entry) => compareRanked({ id, evidence: score }, entry) < 0);
	return next === -1 ? ranked.length : next;
}

/** The words asked for, if any; a query must consist of something. */
function checkText({ text, image, like }: SearchInput): string | undefined {
	if (!text?.trim() && (image || like !== undefined)) return undefined;
	return checkQuery(text ?? '');
}

/** Hints reach whoever may search; where Ollama runs is not for them. */
const PUBLIC_REASONS: Partial<Record<EngineError['code'], string>> = {
	OLLAMA_UNREACHABLE: 'Ollama cannot be reached.',
	OLLAMA_MODEL_MISSING: 'Ollama does not have the embedding model.',
	OLLAMA_ERROR: 'Ollama answered with an error.',
	MODEL_BROKEN: 'the model cannot be loaded.',
	MODEL_OFFLINE: 'the model is not there, and downloads are switched off.',
	MODEL_DOWNLOAD_FAILED: 'the model could not be downloaded.',
};

/** Turns parts of a query into vectors, and collects why a channel had to stay silent. */
class Asker {
	readonly hints: string[] = [];
	#failure: EngineError | undefined;

	readonly #index: VectorIndex;
	readonly #input: SearchInput;
	readonly #tools: SearchTools;
	/** Models of the stored vectors; null where there are none. */
	readonly #models: Record<VectorKind, string | null>;
	readonly #signal: AbortSignal | undefined;

	constructor(
		index: VectorIndex,
		input: SearchInput,
		tools: SearchTools,
		models: Record<VectorKind, string | null>,
		signal: AbortSignal | undefined,
	) {
		this.#index = index;
		this.#input = input;
		this.#tools = tools;
		this.#models = models;
		this.#signal = signal;
	}

	async probeText(part: string): Promise<Probe> {
		const [image, text] = await Promise.all([this.#visualOfText(part), this.#textOfText(part)]);
		return { image, text, words: keywords(part).map(asTyped) };
	}

	/** An example picture has no other channel: its errors are the answer. */
	async probeImage(bytes: Uint8Array): Promise<Probe> {
		if (!this.#models.image) return {};
		const id = await this.#sameModel(this.#models.image);
		const { embedding } = await this.#tools.encoder.embedImage(bytes, {
			model: id,
			signal: this.#signal,
			interactive: true,
		});
		return { image: { vector: embedding, model: this.#models.image } };
	}

	async probeLike(id: string): Promise<Probe> {
		const [image, text] = await Promise.all([
			this.#index.vector(id, 'image'),
			this.#index.vector(id, 'text'),
		]);
		if (!image && !text && !(await this.#index.get(id))) {
			throw new EngineError(
				'IMAGE_NOT_FOUND',
				`There is no photo "${id}" in the index "${this.#index.name}".`,
			);
		}
		if (!image && !text)
			this.hints.push(`The photo "${id}" has no vector yet, so nothing can be compared with it.`);
		return { image, text };
	}

	throwIfNothingAnswered(anyEvidence: boolean): void {
		if (!anyEvidence && this.#failure) throw this.#failure;
	}

	async #visualOfText(part: string): Promise<StoredVector | undefined> {
		const model = this.#models.image;
		if (!model) return undefined;
		try {
			const id = await this.#sameModel(model);
			const options = { model: id, signal: this.#signal };
			return { vector: await this.#tools.encoder.embedText(part, options), model };
		} catch (error) {
			return this.#silence(error, 'What the pictures show was not searched');
		}
	}

	async #textOfText(part: string): Promise<StoredVector | undefined> {
		const model = this.#models.text;
		const { ollama } = this.#input;
		if (!model) return undefined;
		if (!ollama) {
			this.#hint('Captions were searched by keyword only: no Ollama credential is set.');
			return undefined;
		}
		try {
			const vector = await this.#tools.textEmbedder.embedQuery(
				part,
				{ ...ollama, model },
				this.#signal,
			);
			return { vector, model };
		} catch (error) {
			return this.#silence(error, 'Captions were searched by keyword only');
		}
	}

	/** The catalogue id behind a stored model name, if this engine still runs that very model. */
	async #sameModel(stored: string): Promise<string> {
		const id = stored.split('@')[0]!;
		const { model } = await this.#tools.encoder.info(id);
		if (model === stored) return id;
		throw new EngineError(
			'MODEL_MISMATCH',
			`The index "${this.#index.name}" holds vectors of ${stored}, but the model here is ${model}. Restore that model or index the photos anew.`,
		);
	}

	#silence(error: unknown, consequence: string): undefined {
		this.#signal?.throwIfAborted();
		const failure = asEngineError(error);
		this.#failure ??= failure;
		this.#hint(`${consequence}: ${PUBLIC_REASONS[failure.code] ?? failure.message}`);
		return undefined;
	}

	#hint(text: string): void {
		if (!this.hints.includes(text)) this.hints.push(text);
	}
}

/** Asks each channel for its best photos. */
async function gather(
	index: VectorIndex,
	probe: Probe,
	k: number,
	filter?: PhotoFilter,
): Promise<Evidence[]> {
	const vector = async (channel: Channel, kind: VectorKind, query?: StoredVector) => {
		if (!query) return [];
		const { hits, background } = await index.searchVector(kind, query, k, filter);
		return [{ channel, background, scores: new Map(hits.map(({ id, score }) => [id, score])) }];
	};
	const keyword = async () => {
		if (!probe.words?.length) return [];
		const [some, all] = await Promise.all([
			index.searchKeywords(probe.words, k, { filter }),
			index.searchKeywords(probe.words, k, { filter, match: 'all' }),
		]);
		if (some.length === 0) return [];
		const scores = new Map([...some, ...all].map(({ id, score }) => [id, score]));
		return [{ channel: 'keyword' as const, scores, complete: new Set(all.map(({ id }) => id)) }];
	};
	return (
		await Promise.all([
			vector('visual', 'image', probe.image),
			vector('text', 'text', probe.text),
			keyword(),
		])
	).flat();
}

/**
 * Cosines for the candidates that other channels brought: a photo found by its caption still has
 * pixels to judge it by.
 */
async function complete(
	index: VectorIndex,
	probe: Probe,
	evidence: Evidence[],
	candidates: string[],
): Promise<Evidence[]> {
	return Promise.all(
		evidence.map(async (entry) => {
			const kind =
				entry.channel === 'visual' ? 'image' : entry.channel === 'text' ? 'text' : undefined;
			const query = kind && probe[kind];
			const missing = candidates.filter((id) => !entry.scores.has(id));
			if (!kind || !query || missing.length === 0) return entry;
			const more = await index.scoreVector(kind, query, missing);
			return { ...entry, scores: new Map([...entry.scores, ...more]) };
		}),
	);
}
