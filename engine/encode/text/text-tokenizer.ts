import { EngineError } from '../../errors';
import { mendHint } from '../models/mend';
import type { TextRules } from '../models/model-folder';
import { OPEN_CLIP_CLEAN } from './clean-text';
import { ClipText } from './clip-text';
import { GemmaText } from './gemma-text';
import { HubTokenizer } from './hub-tokenizer';
import { SiglipText } from './siglip-text';
import { framing } from './framing';
import { TokenizerJson, type ContentTokenizer } from './tokenizer-json';

/**
 * Text to the token ids that the reference gives: cleaned and split by its rules, framed by its
 * special tokens, padded to the model's fixed length. Of a text that is too long the end is cut; the
 * token that ends it stays last.
 */
export class TextTokenizer {
	readonly #content: ContentTokenizer;
	readonly #clean: (text: string) => string;
	readonly #before: readonly number[];
	readonly #after: readonly number[];
	readonly #length: number;
	readonly #padId: number;
	/** An end that was typed counts: transformers' SiglipTokenizer adds no second one. */
	readonly #endsOnce: boolean;

	/** @throws EngineError `MODEL_BROKEN` */
	constructor(rules: TextRules) {
		const json = new TokenizerJson(rules.tokenizer);
		this.#content = contentTokenizer(json, rules);
		this.#clean = rules.clean ? OPEN_CLIP_CLEAN[rules.clean] : (text) => text;
		this.#length = rules.length;
		this.#endsOnce = rules.reference === 'SiglipTokenizer';
		const idOf = (token: string | number) => {
			const id =
				typeof token === 'number'
					? token
					: (json.specialTokens.find(({ content }) => content === token)?.id ??
						this.#content.idOf(token));
			if (id !== undefined) return id;
			throw new EngineError(
				'MODEL_BROKEN',
				`${rules.tokenizer} has no token ${token}, which this model's texts need. ${mendHint()}`,
			);
		};
		const frame = rules.reference === 'HFTokenizer' ? framing(json) : undefined;
		this.#before = (frame?.before ?? (rules.bosToken === undefined ? [] : [rules.bosToken])).map(
			idOf,
		);
		this.#after = (frame?.after ?? [rules.eosToken]).map(idOf);
		this.#padId = idOf(rules.padToken);
	}

	/** @returns `length` ids */
	encode(text: string): number[] {
		const content = this.#content.encode(this.#clean(text));
		if (this.#endsOnce && content.at(-1) === this.#after[0]) content.pop();
		const room = this.#length - this.#before.length - this.#after.length;
		const ids = [...this.#before, ...content.slice(0, room), ...this.#after];
		while (ids.length < this.#length) ids.push(this.#padId);
		return ids;
	}
}

function contentTokenizer(json: TokenizerJson, rules: TextRules): ContentTokenizer {
	const { reference, clean } = rules;
	const canonical = reference === 'SiglipTokenizer' || clean === 'canonicalize';
	if (canonical && SiglipText.understands(json)) return new SiglipText(json);
	if (GemmaText.understands(json)) return new GemmaText(json, reference === 'Siglip2Tokenizer');
	if (ClipText.understands(json)) {
		if (reference !== 'SimpleTokenizer') return new ClipText(json);
		// The same vocabulary, but its ends are typed with other names.
		const ids = json.specialTokens.map(({ id }) => id).sort((a, b) => a - b);
		return new ClipText(json, [
			{ id: ids.at(-2) ?? 0, content: '<start_of_text>' },
			{ id: ids.at(-1) ?? 0, content: '<end_of_text>' },
		]);
	}
	return new HubTokenizer(rules.tokenizer, rules.tokenizerConfig);
}
