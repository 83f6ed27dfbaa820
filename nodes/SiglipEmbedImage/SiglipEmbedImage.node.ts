import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { engineField } from '../shared/engine';
import { searchModels } from '../shared/listSearch';
import { s3CredentialTest } from '../shared/credentialTest';
import { embedFields } from './fields';
import { embed } from './router';

export class SiglipEmbedImage implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SigLIP Embed Image',
		name: 'siglipEmbedImage',
		icon: { light: 'file:siglipEmbedImage.svg', dark: 'file:siglipEmbedImage.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ { binary: "Binary file", s3: "S3 object", text: "Text" }[$parameter["source"]] }}',
		description: 'Turn photos or words into vectors that can be compared with each other',
		defaults: { name: 'SigLIP Embed Image' },
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
				displayOptions: { show: { source: ['s3'] } },
			},
		],
		properties: [engineField, ...embedFields],
	};

	methods = { listSearch: { searchModels }, credentialTest: { s3CredentialTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await embed(this);
	}
}
