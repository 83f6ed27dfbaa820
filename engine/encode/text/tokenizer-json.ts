import { readFileSync } from 'node:fs';
import { EngineError } from '../../errors';
import { mendHint } from '../models/mend';
import { JsonCursor } from './json-cursor';
import { MergeTable } from './merge-table';
import type { SpecialToken } from './special-tokens';
import { Vocabulary } from './vocabulary';

/** Token ids of a text, without those that stand before and behind every text. */
export interface ContentTokenizer {
	encode(text: string): number[];
	/** Of a token by its name. */
	idOf(token: string): number | undefined;
}

interface Model {
	type?: string;
	byte_fallback?: boolean;
	end_of_word_suffix?: string | null;
	unk_id?: number;
	/** Of the unigram model; byte-pair encoding has it in {@link TokenizerJson.pairs}. */
	vocab?: unknown;
}

interface BytePairs {
	vocabulary: Vocabulary;
	merges: MergeTable;
}

interface SmallJson {
	model?: Model;
	normalizer?: unknown;
	post_processor?: unknown;
	added_tokens?: SpecialToken[];
}

/** A tokenizer.json. Vocabulary and merges of byte-pair encoding are never made into objects. */
export class TokenizerJson {
	readonly model: Model;
	readonly normalizer: unknown;
	readonly postProcessor: unknown;
	readonly specialTokens: readonly SpecialToken[];
	readonly #pairs: BytePairs | undefined;
	readonly #file: string;

	/** @throws EngineError `MODEL_BROKEN` */
	constructor(file: string) {
		this.#file = file;
		try {
			const { small, pairs } = read(readFileSync(file));
			this.model = small.model ?? {};
			// Older files leave out what is plain from the rest.
			if (pairs) this.model.type ??= 'BPE';
			this.normalizer = small.normalizer;
			this.postProcessor = small.post_processor;
			this.specialTokens = small.added_tokens ?? [];
			this.#pairs = pairs;
		} catch (cause) {
			throw this.broken('cannot be read', cause);
		}
	}

	/** @throws EngineError `MODEL_BROKEN` if there are none */
	get pairs(): BytePairs {
		if (!this.#pairs) throw this.broken('has no vocabulary with merges');
		return this.#pairs;
	}

	/** SentencePiece's character map among the normalisers. */
	get charsmap(): string | undefined {
		return findCharsmap(this.normalizer);
	}

	broken(what: string, cause?: unknown): EngineError {
		return new EngineError('MODEL_BROKEN', `${this.#file} ${what}. ${mendHint()}`, undefined, {
			cause,
		});
	}
}

function findCharsmap(normalizer: unknown): string | undefined {
	const { precompiled_charsmap: found, normalizers } = (normalizer ?? {}) as {
		precompiled_charsmap?: unknown;
		normalizers?: unknown[];
	};
	if (typeof found === 'string' && found !== '') return found;
	for (const inner of normalizers ?? []) {
		const map = findCharsmap(inner);
		if (map !== undefined) return map;
	}
	return undefined;
}

/** Vocabulary and merges in place, everything else by JSON.parse. */
function read(bytes: Uint8Array): { small: SmallJson; pairs?: BytePairs } {
	const cursor = new JsonCursor(bytes);
	const decoder = new TextDecoder();
	let vocabulary: Vocabulary | undefined;
	let merges: MergeTable | undefined;
	let mergesAhead: number | undefined;
	let small = '';
	let copied = 0;
	const cutOut = (readIt: () => void) => {
		cursor.peek();
		small += `${decoder.decode(bytes.subarray(copied, cursor.at))}null`;
		readIt();
		copied = cursor.at;
	};
	cursor.eachKey((key) => {
		if (key !== 'model') return cursor.skip();
		cursor.eachKey((name) => {
			// The unigram model's vocabulary is an array, of scores too.
			if (name === 'vocab' && cursor.peek() === '{'.charCodeAt(0)) {
				return cutOut(() => (vocabulary = readVocabulary(cursor)));
			}
			if (name !== 'merges') return cursor.skip();
			cutOut(() => {
				if (vocabulary) merges = readMerges(cursor, vocabulary);
				else [mergesAhead] = [cursor.at, cursor.skip()];
			});
		});
	});
	small += decoder.decode(bytes.subarray(copied));
	if (vocabulary && mergesAhead !== undefined) {
		merges = readMerges(new JsonCursor(bytes, mergesAhead), vocabulary);
	}
	return {
		small: JSON.parse(small) as SmallJson,
		pairs: vocabulary && merges && { vocabulary, merges },
	};
}

function readVocabulary(cursor: JsonCursor): Vocabulary {
	const vocabulary = new Vocabulary();
	cursor.expect('{');
	if (cursor.take('}')) return vocabulary;
	do {
		cursor.readString();
		const { bytes, start, end, escaped } = cursor;
		const token = escaped ? Buffer.from(cursor.text()) : undefined;
		cursor.expect(':');
		const id = cursor.readInteger();
		if (token) vocabulary.add(token, 0, token.length, id);
		else vocabulary.add(bytes, start, end, id);
	} while (cursor.take(','));
	cursor.expect('}');
	return vocabulary;
}

/** `["a", "b"]`, or `"a b"` in older files; the first has the lowest rank. */
function readMerges(cursor: JsonCursor, vocabulary: Vocabulary): MergeTable {
	const merges = new MergeTable();
	let rank = 0;
	const find = (bytes: Uint8Array, start: number, end: number) => {
		const id = vocabulary.find(bytes, start, end);
		if (id < 0) throw new RangeError(`merge ${rank} names an unknown token`);
		return id;
	};
	const findString = () => {
		cursor.readString();
		if (!cursor.escaped) return find(cursor.bytes, cursor.start, cursor.end);
		const token = Buffer.from(cursor.text());
		return find(token, 0, token.length);
	};
	cursor.expect('[');
	if (cursor.take(']')) return merges;
	do {
		if (cursor.take('[')) {
			const left = findString();
			cursor.expect(',');
			merges.add(left, findString(), rank++);
			cursor.expect(']');
		} else {
			cursor.readString();
			const pair = cursor.escaped
				? Buffer.from(cursor.text())
				: cursor.bytes.subarray(cursor.start, cursor.end);
			const space = pair.indexOf(0x20);
			if (space < 0) throw new RangeError(`merge ${rank} is no pair`);
			merges.add(find(pair, 0, space), find(pair, space + 1, pair.length), rank++);
		}
	} while (cursor.take(','));
	cursor.expect(']');
	return merges;
}
