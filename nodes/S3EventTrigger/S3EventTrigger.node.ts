import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { s3CredentialTest } from '../shared/credentialTest';
import { engineField } from '../shared/engine';
import { triggerFields } from './fields';
import { receive } from './receive';

export class S3EventTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'S3 Event Trigger',
		name: 's3EventTrigger',
		icon: { light: 'file:s3EventTrigger.svg', dark: 'file:s3EventTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '=POST /{{ $parameter["path"] }}',
		description:
			'Starts the workflow when storage reports a photo: AWS (SNS, EventBridge), MinIO, Ceph, Backblaze B2, Cloudflare R2, SeaweedFS',
		eventTriggerDescription: 'Waiting for the storage to report an event',
		activationMessage: 'Point the bucket’s event notifications to the production URL.',
		defaults: { name: 'S3 Event Trigger' },
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
				required: false,
				testedBy: 's3CredentialTest',
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: '={{$parameter["path"]}}',
				isFullPath: true,
			},
		],
		triggerPanel: {
			header: 'Listen for a bucket event',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click “listen” and upload a photo to a bucket that reports to the test URL.<br /><br /><b>Once it works</b>, publish the workflow and let the bucket report to the production URL.',
				active:
					'<b>While building</b>, click “listen” and let the bucket report to the test URL.<br /><br />Events at the production URL run the workflow; see the executions list.',
			},
			activationHint: 'Once the workflow works, publish it and use the production URL.',
		},
		properties: [engineField, ...triggerFields],
	};

	methods = { credentialTest: { s3CredentialTest } };

	/**
	 * The storage is told of the URL by its administrator, in a different way for each server, so
	 * there is nothing to register or to remove.
	 */
	webhookMethods = {
		default: {
			checkExists: async () => true,
			create: async () => true,
			delete: async () => true,
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
