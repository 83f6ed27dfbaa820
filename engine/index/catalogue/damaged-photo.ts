import { EngineError } from '../../errors';

/** What is stored of a photo is not what was written. */
export function damagedPhoto(id: string, indexName: string): EngineError {
	return new EngineError(
		'INDEX_DAMAGED',
		`What index "${indexName}" holds of photo "${id}" is damaged. Store all of it again, or delete it.`,
		{ index: indexName, id },
	);
}
