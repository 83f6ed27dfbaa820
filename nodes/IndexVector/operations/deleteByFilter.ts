import { UserError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import type { PhotoFilter } from '../../../engine/client';
import { photoFilter } from '../../shared/filter';
import { perItem } from '../../shared/router';
import { asJson } from '../../shared/values';
import { readIndex } from './common';

export const deleteByFilter = perItem<{ index: string; filter: PhotoFilter }>({
	read(this: IExecuteFunctions, itemIndex) {
		const filter = photoFilter(this.getNodeParameter('filters', itemIndex, {}) as IDataObject);
		// An expression that comes out empty must not empty the index.
		if (!filter) {
			throw new UserError('Without a filter this would delete every photo of the index');
		}
		return { index: readIndex(this, itemIndex), filter };
	},

	async execute(run, { index, filter }) {
		const { deleted_count, deleted } = await run.engine.remove(index, { filter }, run.signal);
		return { json: asJson({ index, deleted_count, deleted }) };
	},
});
