import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { s3CredentialTest } from '../shared/credentialTest';
import { engineField } from '../shared/engine';
import { searchBuckets, searchIndexes, searchModels } from '../shared/listSearch';
import { indexFields } from './operations';
import { indexVector } from './router';

export class IndexVector implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Index Vector',
		name: 'indexVector',
		icon: { light: 'file:indexVector.svg', dark: 'file:indexVector.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ { changeModel: "Change model", count: "Count", upsert: "Create or update", delete: "Delete", get: "Get", getMany: "Get many", stats: "Get stats", sync: "Sync bucket", update: "Update" }[$parameter["operation"]] }}',
		description:
			'Store, change, list and remove photos in a semantic image index, or sync a bucket',
		defaults: { name: 'Index Vector' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				displayName: 'Engine Server',
				name: 'semanticImageSearchEngineApi',
				required: true,
				displayOptions: { show: { engine: ['remote'] } },
			},
			{
				displayName: 'S3-Compatible Storage',
				name: 'semanticImageSearchS3Api',
				required: true,
				testedBy: 's3CredentialTest',
				// `show` cannot say “sync, or delete after a look into the bucket”. A rule on a field that the
				// operation does not have hides nothing.
				displayOptions: {
					hide: {
						operation: ['changeModel', 'count', 'upsert', 'get', 'getMany', 'stats', 'update'],
						deleteBy: ['filter'],
						onlyIfMissing: [false],
					},
				},
			},
			{
				displayName: 'Ollama (Optional, for Captions)',
				name: 'semanticImageSearchOllamaApi',
				required: false,
				displayOptions: { show: { operation: ['upsert', 'update', 'sync'] } },
			},
		],
		properties: [engineField, ...indexFields],
	};

	methods = {
		listSearch: { searchBuckets, searchIndexes, searchModels },
		credentialTest: { s3CredentialTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await indexVector(this);
	}
}
