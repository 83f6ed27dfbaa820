import { Type, type Static } from 'typebox';
import { Check } from 'typebox/value';
import { EngineError } from '../../errors';

/**
 * An export is JSON Lines in UTF-8: a header, one photo a line, an end. It holds what was stored and
 * nothing of when or where it was exported, so the same content always gives the same bytes.
 */
export const EXPORT_FORMAT = 'semantic-image-search/export';

/** Raised when an older engine would misread a line. */
export const EXPORT_VERSION = 1;

const ExportedGeneration = Type.Object({
	kind: Type.Enum(['image', 'text']),
	model: Type.String({ minLength: 1 }),
	dimension: Type.Integer({ minimum: 1 }),
	state: Type.Enum(['active', 'building', 'retired']),
	vectors: Type.Integer({ minimum: 0 }),
});
export type ExportedGeneration = Static<typeof ExportedGeneration>;

/** The first line. */
const ExportHeader = Type.Object({
	format: Type.Literal(EXPORT_FORMAT),
	version: Type.Literal(EXPORT_VERSION),
	index: Type.String(),
	/** As many as there were when the export began. */
	photos: Type.Integer({ minimum: 0 }),
	/** Of each kind the active one first. */
	generations: Type.Array(ExportedGeneration),
});
export type ExportHeader = Static<typeof ExportHeader>;

/** The last line; a file without it was cut off. */
const ExportEnd = Type.Object({
	end: Type.Object({
		/** Lines between header and end. */
		photos: Type.Integer({ minimum: 0 }),
		/** SHA-256 of every byte before this line, in hexadecimal. */
		sha256: Type.String(),
	}),
});
export type ExportEnd = Static<typeof ExportEnd>;

/** @throws EngineError `EXPORT_VERSION`, or `BAD_REQUEST` for what is no header of ours */
export function readHeader(fields: object): ExportHeader {
	const { format, version } = fields as { format?: unknown; version?: unknown };
	if (format !== EXPORT_FORMAT) {
		throw new EngineError(
			'BAD_REQUEST',
			`The file says that its format is ${JSON.stringify(format)}; "${EXPORT_FORMAT}" can be imported, and photos without a header.`,
		);
	}
	if (typeof version === 'number' && version > EXPORT_VERSION) {
		throw new EngineError(
			'EXPORT_VERSION',
			`The export was written by a newer version of this package (format ${version}, this one reads ${EXPORT_VERSION}). Update the package first.`,
			{ version, known: EXPORT_VERSION },
		);
	}
	if (Check(ExportHeader, fields)) return fields;
	throw new EngineError('BAD_REQUEST', 'The first line of the export is damaged.');
}

/** Undefined for what is no end of ours. */
export function readEnd(fields: object): ExportEnd['end'] | undefined {
	return Check(ExportEnd, fields) ? fields.end : undefined;
}

const STATES: readonly ExportedGeneration['state'][] = ['active', 'building', 'retired'];

/** In the order of a header, the same whatever order they were made in. */
export function sortGenerations<G extends Pick<ExportedGeneration, 'kind' | 'state' | 'model'>>(
	generations: readonly G[],
): G[] {
	return generations.toSorted(
		(a, b) =>
			compare(a.kind, b.kind) ||
			STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
			compare(a.model, b.model),
	);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
