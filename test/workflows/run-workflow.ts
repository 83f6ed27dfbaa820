import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type IN8nHttpFullResponse,
	type INodeExecutionData,
	type INodeType,
	type IRun,
	type IWorkflowBase,
} from 'n8n-workflow';
import { PACKAGE_ROOT } from '../../engine/locations';
import { additionalData, OUR_NODES, PACKAGE } from '../nodes/host';
import { n8nNode } from './n8n-base-nodes';

export interface WorkflowRun {
	run: IRun;
	/** First output of a node, by its name. */
	items(node: string): INodeExecutionData[];
	/** What the workflow's Respond to Webhook node answered. */
	response: { status: number; body: Record<string, unknown> } | undefined;
}

function nodeType(type: string, version = 1): INodeType {
	const found =
		OUR_NODES.find(({ description }) => PACKAGE + description.name === type) ??
		n8nNode(type, version);
	if (!found) throw new Error(`There is no node type ${type}`);
	return found;
}

/**
 * Executes a shipped workflow file, as it is, with n8n's own WorkflowExecute and n8n's own nodes.
 * `trigger` stands for what the first node would have received.
 */
export async function runWorkflow(
	file: string,
	start: string,
	trigger: INodeExecutionData[],
	credentials: Parameters<typeof additionalData>[0],
): Promise<WorkflowRun> {
	const { id, nodes, connections, settings } = JSON.parse(
		readFileSync(join(PACKAGE_ROOT, 'workflows', file), 'utf8'),
	) as IWorkflowBase;
	for (const node of nodes) {
		// No Ollama in this test: its credential is cleared, as the notes on the workflows say.
		if (node.credentials) delete node.credentials['semanticImageSearchOllamaApi'];
	}
	const workflow = new Workflow({
		id,
		nodes: nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
		connections,
		active: false,
		nodeTypes: {
			getByName: nodeType,
			getByNameAndVersion: nodeType,
			getKnownTypes: () => ({}),
		},
		settings,
	});
	const additional = additionalData(credentials);
	let response: WorkflowRun['response'];
	additional.hooks = {
		async runHook(name: string, [answer]: [IN8nHttpFullResponse]) {
			if (name !== 'sendResponse') return;
			response = { status: answer.statusCode, body: answer.body as Record<string, unknown> };
		},
	} as unknown as typeof additional.hooks;
	const pinData = { [start]: trigger };
	const executor = new WorkflowExecute(additional, 'internal', createRunExecutionData());
	const run = await executor.run({ workflow, startNode: workflow.getNode(start)!, pinData });
	return {
		run,
		items: (node) => run.data.resultData.runData[node]?.at(-1)?.data?.main?.[0] ?? [],
		response,
	};
}
