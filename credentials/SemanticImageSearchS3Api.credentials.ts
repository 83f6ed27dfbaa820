import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** Tested by the nodes’ `s3CredentialTest`: a signed request is more than a declarative test can do. */
export class SemanticImageSearchS3Api implements ICredentialType {
	name = 'semanticImageSearchS3Api';

	displayName = 'Semantic Image Search S3 API';

	icon: Icon = { light: 'file:icons/s3.svg', dark: 'file:icons/s3.dark.svg' };

	documentationUrl =
		'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html';

	properties: INodeProperties[] = [
		{
			displayName: 'Endpoint',
			name: 'endpoint',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://s3.example.org',
			description: 'The storage’s URL, without the bucket. Leave it empty for AWS.',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'string',
			default: 'auto',
			placeholder: 'e.g. eu-central-1',
			description: 'AWS and some others need it; “auto” will do elsewhere',
		},
		{
			displayName: 'Access Key ID',
			name: 'accessKeyId',
			type: 'string',
			default: '',
			required: true,
		},
		{
			displayName: 'Secret Access Key',
			name: 'secretAccessKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only for temporary keys',
		},
		{
			displayName: 'Public Endpoint',
			name: 'publicEndpoint',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://photos.example.org',
			description:
				'Where browsers reach the storage, if not at the endpoint; only links to photos use it',
		},
		{
			displayName: 'Force Path Style',
			name: 'forcePathStyle',
			type: 'boolean',
			default: true,
			description:
				'Whether to address buckets as endpoint/bucket, which every S3-compatible server understands, instead of bucket.endpoint',
		},
		{
			displayName: 'Event Secret',
			name: 'eventSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for S3 Event Trigger: the token, header secret or B2 signing secret that the bucket’s notifications carry',
		},
		{
			displayName: 'Test Bucket',
			name: 'testBucket',
			type: 'string',
			default: '',
			placeholder: 'e.g. photos',
			description: 'What to test the key with when it may not list all buckets',
		},
	];
}
