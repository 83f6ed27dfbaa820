/**
 * A node of ExifReader's XMP tree. Simple values, lists and structures all come as `value`; the
 * structures inside a list come without it.
 */
export type XmpNode = unknown;

/** The texts of a simple value, bag, sequence or alternative, in order. */
export function xmpTexts(node: XmpNode): string[] {
	const value = valueOf(node);
	if (typeof value === 'string') return [value];
	if (!Array.isArray(value)) return [];
	return value.flatMap((item: unknown) => {
		const text = valueOf(item);
		return typeof text === 'string' ? text : [];
	});
}

/** One text: of language alternatives the default one. */
export function xmpText(node: XmpNode): string | undefined {
	const value = valueOf(node);
	if (Array.isArray(value)) {
		const preferred = value.find((item: unknown) => {
			const { attributes } = record(item);
			return record(attributes).lang === 'x-default';
		});
		if (preferred !== undefined) return xmpText(preferred);
	}
	return xmpTexts(node)[0];
}

/** A field of a structure. */
export function xmpField(node: XmpNode, name: string): XmpNode {
	const value = valueOf(node);
	return Array.isArray(value) ? undefined : record(value)[name];
}

/** The members of a list; a single structure counts as a list of one, as some writers mean it. */
export function xmpItems(node: XmpNode): XmpNode[] {
	const value = valueOf(node);
	if (Array.isArray(value)) return value;
	return typeof value === 'object' && value !== null ? [value] : [];
}

function valueOf(node: XmpNode): unknown {
	return 'value' in record(node) ? record(node).value : node;
}

function record(node: unknown): Record<string, unknown> {
	return typeof node === 'object' && node !== null && !Array.isArray(node)
		? (node as Record<string, unknown>)
		: {};
}
