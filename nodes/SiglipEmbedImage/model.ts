import type { IExecuteFunctions } from 'n8n-workflow';
import { optionalText } from '../shared/values';

/** The chosen model's ID; undefined leaves the choice to the engine. */
export function readModel(context: IExecuteFunctions, itemIndex: number): string | undefined {
	return optionalText(context.getNodeParameter('model', itemIndex, '', { extractValue: true }));
}
