import { Option, type Command } from 'commander';
import { EngineClient, type OllamaConnection, type S3Connection } from '../engine/client';
import { EngineError } from '../engine/errors';

/** Where the engine, the bucket and Ollama are; from options, else from the customary variables. */
export interface ConnectionOptions {
	engine?: string;
	token?: string;
	endpoint?: string;
	region?: string;
	ollama?: string;
}

export function addEngineOptions(command: Command): Command {
	return (
		command
			.option(
				'--engine <url>',
				'URL of an engine that runs elsewhere (default: one on this machine)',
				process.env['SEMANTIC_IMAGE_SEARCH_URL'] || undefined,
			)
			// As a default value the help would show it.
			.addOption(new Option('--token <token>', 'its token').env('SEMANTIC_IMAGE_SEARCH_TOKEN'))
	);
}

export function addS3Options(command: Command): Command {
	return command
		.option(
			'--endpoint <url>',
			'S3 endpoint (default: AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS itself)',
		)
		.option('--region <name>', 'S3 region (default: AWS_REGION or auto)');
}

export function addOllamaOption(command: Command): Command {
	return command.option(
		'--ollama <url>',
		'Ollama server for text vectors (default: OLLAMA_HOST if set)',
	);
}

export function clientOf({ engine, token }: ConnectionOptions): EngineClient {
	return new EngineClient(engine ? { kind: 'remote', url: engine, token } : { kind: 'local' });
}

/** Keys come from the environment only: an argument would be in the process list. */
export function s3Of({ endpoint, region }: ConnectionOptions): S3Connection | undefined {
	const {
		AWS_ACCESS_KEY_ID: id,
		AWS_SECRET_ACCESS_KEY: secret,
		AWS_SESSION_TOKEN: session,
	} = process.env;
	if (!id || !secret) return undefined;
	return {
		endpoint: endpoint ?? process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL'],
		region: region ?? process.env['AWS_REGION'] ?? 'auto',
		access_key_id: id,
		secret_access_key: secret,
		session_token: session,
	};
}

export function requireS3(options: ConnectionOptions): S3Connection {
	const connection = s3Of(options);
	if (connection) return connection;
	throw new EngineError(
		'S3_CREDENTIALS_MISSING',
		'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.',
	);
}

export function ollamaOf({ ollama }: ConnectionOptions): OllamaConnection | undefined {
	const host = ollama ?? process.env['OLLAMA_HOST'];
	if (!host) return undefined;
	return { url: host.includes('://') ? host : `http://${host}` };
}
