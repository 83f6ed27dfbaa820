import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

export class SemanticImageSearchOllamaApi implements ICredentialType {
	name = 'semanticImageSearchOllamaApi';

	displayName = 'Semantic Image Search Ollama API';

	icon: Icon = { light: 'file:icons/ollama.svg', dark: 'file:icons/ollama.dark.svg' };

	documentationUrl = 'https://docs.ollama.com/capabilities/embeddings';

	properties: INodeProperties[] = [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: 'http://localhost:11434',
			required: true,
			placeholder: 'e.g. http://localhost:11434',
			description: 'Where Ollama listens, as seen from the engine',
		},
		{
			displayName: 'Model',
			name: 'model',
			type: 'string',
			default: 'nomic-embed-text',
			required: true,
			placeholder: 'e.g. nomic-embed-text',
			description:
				'The embedding model for titles, descriptions and queries. Fetch it on the Ollama host with “ollama pull”.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only for an Ollama behind a proxy that asks for a bearer token',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				Authorization: '={{$credentials.apiKey ? "Bearer " + $credentials.apiKey : undefined}}',
			},
		},
	};

	// One real embedding: it fails where the model is missing, which /api/version would not show.
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.url.replace(/\\/+$/, "")}}',
			url: '/api/embed',
			method: 'POST',
			body: { model: '={{$credentials.model}}', input: 'search_query: test' },
		},
	};
}
