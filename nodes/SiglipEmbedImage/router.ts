import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isFailure, runOperation } from '../shared/router';
import { toBase64 } from '../shared/values';
import { embedBinary } from './operations/binary';
import { embedS3 } from './operations/s3';
import { embedText } from './operations/text';

export async function embed(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const outputs = await runSource(context);
	for (const item of outputs[0] ?? []) {
		if (isFailure(item)) continue;
		formVector(context, item);
		addInputFields(context, item);
	}
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

function formVector(context: IExecuteFunctions, item: INodeExecutionData): void {
	const { item: itemIndex } = item.pairedItem as { item: number };
	if (context.getNodeParameter('options.vectorFormat', itemIndex, 'numbers') !== 'base64') return;
	item.json.embedding = toBase64(item.json.embedding as number[]);
}

function addInputFields(context: IExecuteFunctions, item: INodeExecutionData): void {
	const { item: itemIndex } = item.pairedItem as { item: number };
	if (!context.getNodeParameter('options.includeInputFields', itemIndex, false)) return;
	const input = context.getInputData()[itemIndex];
	item.json = { ...input?.json, ...item.json };
	if (input?.binary) item.binary = input.binary;
}
