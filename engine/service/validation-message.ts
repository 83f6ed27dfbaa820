import type { FastifySchemaValidationError } from 'fastify';
import { EngineError } from '../errors';

/** The answer to a request that its schema did not accept: which field, and what it should be. */
export function invalid(errors: FastifySchemaValidationError[]): EngineError {
	const { field, message } = describe(errors);
	return new EngineError('BAD_REQUEST', `The request is not understood: ${message}.`, { field });
}

/**
 * The first fault of a request in words. A field that is not known names itself: the schema's own
 * sentence would only say where it stands.
 */
function describe(errors: FastifySchemaValidationError[]): { field: string; message: string } {
	const first = errors[0]!;
	const parent = pathOf(first.instancePath);
	if (first.keyword === 'additionalProperties') {
		const unknown = String(first.params.additionalProperty);
		const field = parent === '' ? clip(unknown) : `${parent}.${clip(unknown)}`;
		return { field, message: `there is no field ${field}` };
	}
	if (first.keyword === 'required') {
		const missing = String(first.params.missingProperty);
		const field = parent === '' ? missing : `${parent}.${missing}`;
		return { field, message: `${field} is missing` };
	}
	// Of a field that takes one of several forms, each says what it wanted.
	const wanted = errors
		.filter(({ instancePath }) => instancePath === first.instancePath)
		.map(({ keyword, params, message }) => {
			if (keyword === 'type') return `must be ${String(params.type)}`;
			if (keyword === 'const') return `must be ${JSON.stringify(params.allowedValue)}`;
			return keyword === 'anyOf' ? undefined : message;
		});
	const said = [...new Set(wanted.filter((one) => one !== undefined))].join(' or ');
	return { field: parent, message: `${parent || 'the request'} ${said}` };
}

/** `/filter/tags_all/0` → `filter.tags_all[0]` */
function pathOf(pointer: string): string {
	return pointer
		.split('/')
		.slice(1)
		.map((part) => clip(part.replaceAll('~1', '/').replaceAll('~0', '~')))
		.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
		.join('')
		.replace(/^\./, '');
}

function clip(name: string): string {
	return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}
