import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { s3CredentialTest } from '../shared/credentialTest';
import { engineField } from '../shared/engine';
import { searchBuckets } from '../shared/listSearch';
import { triggerFields } from './fields';
import { poll } from './poll';

export class S3ImageTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'S3 Image Trigger',
		name: 's3ImageTrigger',
		icon: { light: 'file:s3ImageTrigger.svg', dark: 'file:s3ImageTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["bucket"]?.value ?? $parameter["bucket"] }}',
		description: 'Starts the workflow when photos in a bucket are added, changed or removed',
		eventTriggerDescription: 'Looks into the bucket at the chosen times',
		activationMessage: 'From now on the bucket is looked at regularly.',
		defaults: { name: 'S3 Image Trigger' },
		polling: true,
		inputs: [],
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
			},
		],
		properties: [engineField, ...triggerFields],
	};

	methods = { listSearch: { searchBuckets }, credentialTest: { s3CredentialTest } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
