import type { MetadataCondition } from '../../service/contract';
import type { Where } from './where';

/** JSON's types of values that are compared with each other, by SQLite's names. */
const TEXT = `('text')`;
const NUMBER = `('integer', 'real')`;

/** A condition on free metadata. Field and value are parameters: whatever they contain is text. */
export function metadataCondition({ field, op, value }: MetadataCondition): Where {
	const path = jsonPath(field);
	if (op === '!=') {
		const { sql, values } = metadataCondition({ field, op: '=', value });
		return { sql: `NOT (${sql})`, values };
	}
	if (value === null) {
		return { sql: `coalesce(json_type(photos.metadata, ?), 'null') = 'null'`, values: [path] };
	}
	if (op === '=' && typeof value !== 'boolean') {
		// What JSON.stringify wrote, it writes again: where the value does not even stand in the text,
		// the text need not be parsed, which takes twenty times longer.
		const { sql, values } = metadataCondition({ field, op: 'in', value: [value] });
		return {
			sql: `instr(photos.metadata, ?) > 0 AND ${sql}`,
			values: [JSON.stringify(value), ...values],
		};
	}
	if (op === 'in') {
		const isOneOf = 'IN (SELECT value FROM json_each(?))';
		const of = (type: string) =>
			JSON.stringify((value as unknown[]).filter((v) => typeof v === type));
		const texts = anyValue(path, TEXT, isOneOf, of('string'));
		const numbers = anyValue(path, NUMBER, isOneOf, of('number'));
		const sql = `((${texts.sql}) OR (${numbers.sql}))`;
		return { sql, values: [...texts.values, ...numbers.values] };
	}
	if (typeof value === 'boolean') return anyValue(path, `('${value}')`, '= ?', value ? 1 : 0);
	if (typeof value === 'number') return anyValue(path, NUMBER, `${op} ?`, value);
	return anyValue(path, TEXT, `${op} ?`, value as string);
}

/** Whether the value at the path, or one of the list that stands there, is of a type and compares. */
function anyValue(path: string, types: string, compares: string, value: string | number): Where {
	return {
		sql: `CASE
			WHEN json_type(photos.metadata, ?) IN ${types} THEN photos.metadata ->> ? ${compares}
			WHEN json_type(photos.metadata, ?) = 'array' THEN EXISTS (
				SELECT 1 FROM json_each(photos.metadata, ?) WHERE type IN ${types} AND value ${compares}
			)
			ELSE 0 END`,
		values: [path, path, value, path, path, value],
	};
}

/** SQLite reads quoted labels as JSON strings: quotes, dots and brackets in a name are its own. */
function jsonPath(field: string): string {
	return `$${field
		.split('.')
		.map((name) => `.${JSON.stringify(name)}`)
		.join('')}`;
}
