/** A token that is found in a text as it stands (tokenizer.json's `added_tokens`). */
export interface SpecialToken {
	id: number;
	content: string;
	/** White space before and behind it is dropped. */
	lstrip?: boolean;
	rstrip?: boolean;
}

/** Cuts typed special tokens out of a text: "a </s> b" holds one, as in the references. */
export class SpecialTokens {
	readonly #byContent: Map<string, SpecialToken>;
	readonly #pattern: RegExp | undefined;

	constructor(tokens: readonly SpecialToken[]) {
		this.#byContent = new Map(tokens.map((token) => [token.content, token]));
		const contents = [...this.#byContent.keys()].filter((content) => content !== '');
		// The longest first: of two that begin alike the longer is meant.
		contents.sort((a, b) => b.length - a.length);
		if (contents.length > 0) {
			this.#pattern = new RegExp(
				`(${contents.map((content) => content.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})`,
			);
		}
	}

	/** @returns stretches of text, none of them empty, and ids between them */
	split(text: string): (string | number)[] {
		if (!this.#pattern) return text === '' ? [] : [text];
		// With one group split() returns text and tokens by turns.
		const parts = text.split(this.#pattern);
		const found: (string | number)[] = [];
		parts.forEach((part, at) => {
			if (at % 2 === 1) {
				found.push(this.#byContent.get(part)!.id);
				return;
			}
			const before = at > 0 ? this.#byContent.get(parts[at - 1]!) : undefined;
			const after = at + 1 < parts.length ? this.#byContent.get(parts[at + 1]!) : undefined;
			const start = before?.rstrip ? part.trimStart() : part;
			const stretch = after?.lstrip ? start.trimEnd() : start;
			if (stretch !== '') found.push(stretch);
		});
		return found;
	}
}
