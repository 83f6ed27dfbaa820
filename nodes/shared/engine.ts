import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeProperties,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { engineClient, type EngineClient, type EngineTarget } from '../../engine/client';
import { ENGINE_CREDENTIAL } from './credentials';

/** Every context a node method can run in: all of them reach the engine through {@link connect}. */
export type NodeContext =
	| IExecuteFunctions
	| IPollFunctions
	| IWebhookFunctions
	| ILoadOptionsFunctions;

export const engineField: INodeProperties = {
	displayName: 'Engine',
	name: 'engine',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Local (Started Automatically)',
			value: 'local',
			description:
				'Runs beside n8n as a process of its own, with nothing to set up; or the server that the variable SEMANTIC_IMAGE_SEARCH_URL of n8n names',
		},
		{
			name: 'Remote Server',
			value: 'remote',
			description: 'An engine that runs on another host or in a container of its own',
		},
	],
	default: 'local',
	description: 'Where photos are encoded and the index is kept',
};

/** The one door from a node to the engine. */
export async function connect(context: NodeContext): Promise<EngineClient> {
	// The field takes no expressions, so the stored value is the value in every context.
	const { engine } = context.getNode().parameters;
	const chosen = 'getCurrentNodeParameter' in context ? currentChoice(context) : engine;
	if (chosen !== 'remote') return engineClient(localTarget());
	const { url, token } = await context.getCredentials<{ url: string; token?: string }>(
		ENGINE_CREDENTIAL,
	);
	return engineClient(remoteTarget(url, token));
}

/**
 * Where “Local” leads: to the engine of this machine, unless whoever runs n8n named another. In a
 * container where it only runs on WebAssembly (Alpine), two variables then serve all nodes.
 */
export function localTarget(env: NodeJS.ProcessEnv = process.env): EngineTarget {
	const url = env.SEMANTIC_IMAGE_SEARCH_URL?.trim();
	return url ? remoteTarget(url, env.SEMANTIC_IMAGE_SEARCH_TOKEN) : { kind: 'local' };
}

function remoteTarget(url: string, token: string | undefined): EngineTarget {
	return {
		kind: 'remote',
		url: url.trim().replace(/\/+$/, ''),
		token: token?.trim() || undefined,
	};
}

/** In the editor a list is filled before the node is saved: the form knows better than the node. */
function currentChoice(context: ILoadOptionsFunctions): unknown {
	return context.getCurrentNodeParameter('engine') ?? context.getNode().parameters.engine;
}
