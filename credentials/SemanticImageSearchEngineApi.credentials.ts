import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

export class SemanticImageSearchEngineApi implements ICredentialType {
	name = 'semanticImageSearchEngineApi';

	displayName = 'Semantic Image Search Engine API';

	icon: Icon = { light: 'file:icons/engine.svg', dark: 'file:icons/engine.dark.svg' };

	documentationUrl = 'https://docs.n8n.io/integrations/community-nodes/usage/';

	properties: INodeProperties[] = [
		{
			displayName:
				'Only needed for an engine on another host or in a container of its own, started with <code>semantic-image-search serve</code>.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. http://image-search:7700',
			description: 'Where the engine listens',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The bearer token the engine was started with',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } },
	};

	// Not /healthz, which answers anyone: this one proves the token too.
	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.url.replace(/\\/+$/, "")}}', url: '/models' },
	};
}
