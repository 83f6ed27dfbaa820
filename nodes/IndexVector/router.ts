import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runOperation, type Operation } from '../shared/router';
import { changeModel } from './operations/changeModel';
import { count } from './operations/count';
import { deleteByFilter } from './operations/deleteByFilter';
import { deleteByIds } from './operations/deleteByIds';
import { get } from './operations/get';
import { getMany } from './operations/getMany';
import { stats } from './operations/stats';
import { sync } from './operations/sync';
import { update } from './operations/update';
import { upsert } from './operations/upsert';

export async function indexVector(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const run = <Input>(operation: Operation<Input>) => runOperation(context, operation);
	switch (context.getNodeParameter('operation', 0)) {
		case 'changeModel':
			return await run(changeModel);
		case 'count':
			return await run(count);
		case 'delete':
			return context.getNodeParameter('deleteBy', 0, 'ids') === 'filter'
				? await run(deleteByFilter)
				: await run(deleteByIds);
		case 'get':
			return await run(get);
		case 'getMany':
			return await run(getMany);
		case 'stats':
			return await run(stats);
		case 'sync':
			return await run(sync);
		case 'update':
			return await run(update);
		default:
			return await run(upsert);
	}
}
