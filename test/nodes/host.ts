import './user-folder';
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { IndexVector } from '../../nodes/IndexVector/IndexVector.node';
import { S3EventTrigger } from '../../nodes/S3EventTrigger/S3EventTrigger.node';
import { S3ImageTrigger } from '../../nodes/S3ImageTrigger/S3ImageTrigger.node';
import { SemanticImageSearch } from '../../nodes/SemanticImageSearch/SemanticImageSearch.node';
import { SiglipEmbedImage } from '../../nodes/SiglipEmbedImage/SiglipEmbedImage.node';
import { TOKEN } from './fake-engine';

/** As much of n8n as running a node takes: its own engine (n8n-core) around our nodes. */

export const PACKAGE = 'n8n-nodes-semantic-image-search.';
export const OUR_NODES: INodeType[] = [
	new IndexVector(),
	new S3EventTrigger(),
	new S3ImageTrigger(),
	new SemanticImageSearch(),
	new SiglipEmbedImage(),
];

export const S3_FIELDS = {
	endpoint: 'http://storage.test',
	region: 'auto',
	accessKeyId: 'AKIATEST',
	secretAccessKey: 'a-very-secret-key',
	forcePathStyle: true,
	eventSecret: 'the-event-secret',
};

type Credentials = Record<string, ICredentialDataDecryptedObject>;

export function credentialsFor(engineUrl: string): Credentials {
	return {
		semanticImageSearchEngineApi: { url: engineUrl, token: TOKEN },
		semanticImageSearchS3Api: S3_FIELDS,
		semanticImageSearchOllamaApi: { url: 'http://ollama.test', model: 'nomic-embed-text' },
	};
}

/** Emits the test's items, in place of whatever comes before the node in a real workflow. */
function itemSource(items: INodeExecutionData[]): INodeType {
	return {
		description: {
			displayName: 'Items',
			name: 'items',
			group: ['input'],
			version: 1,
			description: '',
			defaults: {},
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		execute: async () => [items],
	};
}

function nodeTypes(items: INodeExecutionData[]): INodeTypes {
	const source = itemSource(items);
	const find = (type: string): INodeType => {
		const found = OUR_NODES.find(({ description }) => PACKAGE + description.name === type);
		return found ?? source;
	};
	return { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) };
}

export interface Step {
	/** `siglipEmbedImage` and so on. */
	type: string;
	parameters: INodeParameters;
	/** Credential types that are chosen in the node; the engine's always is. */
	credentials?: string[];
	onError?: INode['onError'];
}

/** A chain of our nodes behind a source of items; every node uses the remote engine. */
export function buildWorkflow(steps: Step[], items: INodeExecutionData[] = []): Workflow {
	const chain = steps.map((step, position) => toNode(step, position));
	const nodes: INode[] = [
		{ id: 'items', name: 'Items', type: 'items', typeVersion: 1, position: [0, 0], parameters: {} },
		...chain,
	];
	const connections = Object.fromEntries(
		nodes
			.slice(0, -1)
			.map((node, position) => [
				node.name,
				{ main: [[{ node: nodes[position + 1]!.name, type: NodeConnectionTypes.Main, index: 0 }]] },
			]),
	);
	return new Workflow({
		id: 'workflow-of-the-test',
		nodes,
		connections,
		active: false,
		nodeTypes: nodeTypes(items),
		settings: { executionOrder: 'v1' },
	});
}

export function toNode(step: Step, position = 0): INode {
	const chosen = ['semanticImageSearchEngineApi', ...(step.credentials ?? [])];
	return {
		id: randomUUID(),
		name: `${step.type} ${position}`,
		type: PACKAGE + step.type,
		typeVersion: 1,
		position: [0, 0],
		parameters: { engine: 'remote', ...step.parameters },
		credentials: Object.fromEntries(chosen.map((type) => [type, { id: type, name: type }])),
		...(step.onError && { onError: step.onError }),
	};
}

export function additionalData(credentials: Credentials): IWorkflowExecuteAdditionalData {
	const helper: Partial<ICredentialsHelper> = {
		isCredentialUsableByNode: () => true,
		getDecrypted: async (_additional, _node, type) => credentials[type] ?? {},
	};
	return {
		credentialsHelper: helper as ICredentialsHelper,
		executionId: 'execution-of-the-test',
		currentNodeExecutionIndex: 0,
		webhookWaitingBaseUrl: 'http://n8n.test/waiting',
		formWaitingBaseUrl: 'http://n8n.test/form',
		restApiUrl: 'http://n8n.test/rest',
		instanceBaseUrl: 'http://n8n.test',
		webhookBaseUrl: 'http://n8n.test/webhook',
		webhookTestBaseUrl: 'http://n8n.test/webhook-test',
		variables: {},
		hooks: { runHook: async () => {} },
		sendDataToUI: () => {},
		setExecutionStatus: () => {},
	} as unknown as IWorkflowExecuteAdditionalData;
}

export interface Ran {
	run: IRun;
	/** Output of the last node. */
	items: INodeExecutionData[];
	/** Its outputs one by one, the error output last. */
	outputs: Array<INodeExecutionData[] | null>;
	error: (Error & { description?: string; context?: { itemIndex?: number } }) | undefined;
	hints: string[];
}

/** Executes the chain with n8n's own WorkflowExecute. */
export async function execute(
	engineUrl: string,
	steps: Step[],
	items: INodeExecutionData[],
): Promise<Ran> {
	const workflow = buildWorkflow(steps, items);
	const executor = new WorkflowExecute(
		additionalData(credentialsFor(engineUrl)),
		'internal',
		createRunExecutionData(),
	);
	const run = await executor.run({ workflow, startNode: workflow.getNode('Items')! });
	const last = `${steps.at(-1)!.type} ${steps.length - 1}`;
	const data = run.data.resultData.runData[last]?.[0];
	return {
		run,
		items: data?.data?.main?.[0] ?? [],
		outputs: data?.data?.main ?? [],
		error: run.data.resultData.error as Ran['error'],
		hints: (data?.hints ?? []).map(({ message }) => message),
	};
}
