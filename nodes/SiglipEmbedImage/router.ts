import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isFailure, runOperation } from '../shared/router';
import { embedBinary } from './operations/binary';
import { embedS3 } from './operations/s3';
import { embedText } from './operations/text';

export async function embed(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const outputs = await runSource(context);
	for (const item of outputs[0] ?? []) addInputFields(context, item);
	return outputs;
}

async function runSource(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	switch (context.getNodeParameter('source', 0)) {
		case 'binary':
			return await runOperation(context, embedBinary);
		case 'text':
			return await runOperation(context, embedText);
		default:
			return await runOperation(context, embedS3);
	}
}

function addInputFields(context: IExecuteFunctions, item: INodeExecutionData): void {
	const { item: itemIndex } = item.pairedItem as { item: number };
	if (isFailure(item)) return;
	if (!context.getNodeParameter('options.includeInputFields', itemIndex, false)) return;
	const input = context.getInputData()[itemIndex];
	item.json = { ...input?.json, ...item.json };
	if (input?.binary) item.binary = input.binary;
}
