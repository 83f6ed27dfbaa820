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

	readonly #rules: TextRules;

	constructor(rules: TextRules) {
		this.#rules = rules;
		this.#tokenizer = new Tokenizer(
			JSON.parse(readFileSync(rules.tokenizer, 'utf8')) as object,
			JSON.parse(readFileSync(rules.tokenizerConfig, 'utf8')) as object,
		);
	}

	/** @returns `length` ids */
	encode(text: string): number[] {
		const { length, padId, eosId } = this.#rules;
		let { ids } = this.#tokenizer.encode(text);
		if (ids.length > length) ids = [...ids.slice(0, length - 1), eosId];
		while (ids.length < length) ids.push(padId);
		return ids;
	}
}
