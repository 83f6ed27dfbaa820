import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { s3Connection } from './credentials';
import { connect } from './engine';
import { toNodeError } from './errors';

/** Fills the “From list” mode of the resource locators. */

export async function searchIndexes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listed(this, filter, async () => {
		const { indexes } = await (await connect(this)).indexes();
		// Offered before it exists, because a new installation has no index to pick.
		const names = indexes.length > 0 ? indexes : ['photos'];
		return names.map((name) => ({ name, value: name }));
	});
}

export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listed(this, filter, async () => {
		const { models } = await (await connect(this)).models();
		return models.map((model) => ({
			name: `${model.title} — ${model.dimension} dimensions${note(model)}`,
			value: model.id,
		}));
	});
}

export async function searchBuckets(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listed(this, filter, async () => {
		const s3 = await s3Connection(this);
		if (!s3) throw new NodeOperationError(this.getNode(), 'Choose the S3 credential first');
		const { buckets } = await (await connect(this)).listBuckets({ s3 });
		return buckets.map((name) => ({ name, value: name }));
	});
}

async function listed(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	list: () => Promise<INodeListSearchResult['results']>,
): Promise<INodeListSearchResult> {
	try {
		const wanted = filter?.toLowerCase() ?? '';
		const results = await list();
		return { results: results.filter(({ name }) => name.toLowerCase().includes(wanted)) };
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

function note(model: { is_default: boolean; state: string }): string {
	const notes = [];
	if (model.is_default) notes.push('default');
	if (model.state === 'remote') notes.push('needs a download');
	if (['downloading', 'preparing', 'broken'].includes(model.state)) notes.push(model.state);
	return notes.length > 0 ? ` (${notes.join(', ')})` : '';
}
