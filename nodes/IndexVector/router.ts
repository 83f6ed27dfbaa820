import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runOperation } from '../shared/router';
import { deleteByFilter } from './operations/deleteByFilter';
import { deleteByIds } from './operations/deleteByIds';
import { get } from './operations/get';
import { stats } from './operations/stats';
import { sync } from './operations/sync';
import { upsert } from './operations/upsert';

export async function indexVector(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	switch (context.getNodeParameter('operation', 0)) {
		case 'delete':
			return context.getNodeParameter('deleteBy', 0, 'ids') === 'filter'
				? await runOperation(context, deleteByFilter)
				: await runOperation(context, deleteByIds);
		case 'get':
			return await runOperation(context, get);
		case 'stats':
			return await runOperation(context, stats);
		case 'sync':
			return await runOperation(context, sync);
		default:
			return await runOperation(context, upsert);
	}
}
