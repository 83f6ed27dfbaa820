import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import type { TextRules } from './model-folder';

/**
 * Text to the token ids that the reference processor gives: normalised and split as tokenizer.json
 * says, ended by `</s>`, padded to the model's fixed length. Of a text that is too long the end is
 * cut, `</s>` stays last.
 */
export class TextTokenizer {
	readonly #tokenizer: Tokenizer;
	readonly #length: number;
	readonly #eosId: number;
	readonly #padId: number;

	constructor(rules: TextRules) {
		this.#length = rules.length;
		this.#tokenizer = new Tokenizer(
			JSON.parse(readFileSync(rules.tokenizer, 'utf8')) as object,
			JSON.parse(readFileSync(rules.tokenizerConfig, 'utf8')) as object,
		);
		// By name: the ids in config.json are those of another tokenizer in some of SigLIP's copies.
		this.#eosId = this.#tokenizer.token_to_id(rules.eosToken) ?? 1;
		this.#padId =
			typeof rules.padToken === 'number'
				? rules.padToken
				: (this.#tokenizer.token_to_id(rules.padToken) ?? this.#eosId);
	}

	/** @returns `length` ids */
	encode(text: string): number[] {
		let { ids } = this.#tokenizer.encode(text);
		if (ids.length > this.#length) ids = [...ids.slice(0, this.#length - 1), this.#eosId];
		while (ids.length < this.#length) ids.push(this.#padId);
		return ids;
	}
}
