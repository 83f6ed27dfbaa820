import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { OllamaConnection, S3Connection } from '../../engine/client';
import type { NodeContext } from './engine';

export const ENGINE_CREDENTIAL = 'semanticImageSearchEngineApi';
export const S3_CREDENTIAL = 'semanticImageSearchS3Api';
export const OLLAMA_CREDENTIAL = 'semanticImageSearchOllamaApi';

/** The storage credential of this node, or undefined where it is optional and none was chosen. */
export async function s3Connection(context: NodeContext): Promise<S3Connection | undefined> {
	const fields = await optionalCredential(context, S3_CREDENTIAL);
	return fields && toS3Connection(fields);
}

export async function ollamaConnection(
	context: NodeContext,
): Promise<OllamaConnection | undefined> {
	const fields = await optionalCredential(context, OLLAMA_CREDENTIAL);
	return fields && toOllamaConnection(fields);
}

/** What the sender of bucket events proves that it knows; kept with the storage it belongs to. */
export async function eventSecret(context: NodeContext): Promise<string | undefined> {
	return text((await optionalCredential(context, S3_CREDENTIAL))?.eventSecret);
}

export function toS3Connection(fields: ICredentialDataDecryptedObject): S3Connection {
	return {
		endpoint: text(fields.endpoint),
		public_endpoint: text(fields.publicEndpoint),
		region: text(fields.region),
		access_key_id: text(fields.accessKeyId) ?? '',
		secret_access_key: text(fields.secretAccessKey) ?? '',
		session_token: text(fields.sessionToken),
		force_path_style: fields.forcePathStyle !== false,
	};
}

export function toOllamaConnection(fields: ICredentialDataDecryptedObject): OllamaConnection {
	return {
		url: text(fields.url) ?? 'http://localhost:11434',
		model: text(fields.model),
		api_key: text(fields.apiKey),
	};
}

/** `getCredentials` throws for an optional credential that was left empty, so look before asking. */
async function optionalCredential(context: NodeContext, name: string) {
	if (!context.getNode().credentials?.[name]) return undefined;
	return await context.getCredentials(name);
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
