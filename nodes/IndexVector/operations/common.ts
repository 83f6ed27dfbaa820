import type { IExecuteFunctions } from 'n8n-workflow';

/** The index's name; the engine checks its form and says what is wrong with it. */
export function readIndex(context: IExecuteFunctions, itemIndex: number): string {
	return context.getNodeParameter('index', itemIndex, '', { extractValue: true }) as string;
}

/** An item's own ID, or the default one, which is the S3 path without its scheme. */
export const DEFAULT_ID = "={{ $json.id ?? ($json.s3_path ?? '').replace('s3://', '') }}";
