/** Longest texts kept, in UTF-16 units; enough for what people write, too little to fill a disk. */
export const MAX_TITLE = 300;
export const MAX_DESCRIPTION = 5_000;
const MAX_NAME = 120;
const MAX_NAMES = 100;

/** Text from a file, without control characters and outer blanks; undefined if nothing is left. */
export function plainText(value: unknown, maxLength: number): string | undefined {
	if (typeof value !== 'string') return undefined;
	const text = value
		.slice(0, maxLength * 2)
		// eslint-disable-next-line no-control-regex
		.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g, ' ')
		.replace(/\p{Surrogate}/gu, '�')
		.trim();
	if (text === '') return undefined;
	return text.length > maxLength ? `${text.slice(0, maxLength - 1).trimEnd()}…` : text;
}

/** Tags or people: each once (whatever its capitals), in the order found, at most a hundred. */
export function plainNames(values: unknown[]): string[] {
	const names = new Map<string, string>();
	for (const value of values) {
		const name = plainText(value, MAX_NAME)?.replace(/\s+/g, ' ');
		if (name && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
		if (names.size === MAX_NAMES) break;
	}
	return [...names.values()];
}
