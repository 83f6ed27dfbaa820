import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { s3CredentialTest } from '../shared/credentialTest';
import { engineField } from '../shared/engine';
import { searchIndexes } from '../shared/listSearch';
import { searchFields } from './operations';
import { search } from './router';

export class SemanticImageSearch implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Semantic Image Search',
		name: 'semanticImageSearch',
		icon: { light: 'file:semanticImageSearch.svg', dark: 'file:semanticImageSearch.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ { text: "By text", image: "By image", similar: "Find similar" }[$parameter["operation"]] }}',
		description:
			'Find photos by what they show: search the photo index with words, with a picture or with a photo that is already in it',
		defaults: { name: 'Semantic Image Search' },
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
				displayName: 'S3-Compatible Storage (for Links to the Photos)',
				name: 'semanticImageSearchS3Api',
				required: false,
				testedBy: 's3CredentialTest',
			},
			{
				displayName: 'Ollama (Optional, to Search Captions by Meaning)',
				name: 'semanticImageSearchOllamaApi',
				required: false,
			},
		],
		properties: [engineField, ...searchFields],
	};

	methods = { listSearch: { searchIndexes }, credentialTest: { s3CredentialTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await search(this);
	}
}
