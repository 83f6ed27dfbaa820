import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import type { ContentTokenizer } from './tokenizer-json';

/** Any other tokenizer.json, by the hub's own library: texts of towers that are none of the three. */
export class HubTokenizer implements ContentTokenizer {
	readonly #tokenizer: Tokenizer;

	constructor(file: string, configFile: string) {
		this.#tokenizer = new Tokenizer(
			JSON.parse(readFileSync(file, 'utf8')) as object,
			JSON.parse(readFileSync(configFile, 'utf8')) as object,
		);
	}

	idOf(token: string): number | undefined {
		return this.#tokenizer.token_to_id(token);
	}

	encode(text: string): number[] {
		return this.#tokenizer.encode(text, { add_special_tokens: false }).ids;
	}
}
