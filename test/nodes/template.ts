import './user-folder';
import { WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type IDataObject,
	type INode,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';
import { additionalData } from './host';

const TEMPLATE_NODE = 'Template';

/** Emits one fixed item, or fills in its template as n8n's HTML node would. */
const standIn: INodeType = {
	description: {
		displayName: 'Stand-in',
		name: 'standIn',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [
			{ displayName: 'JSON', name: 'json', type: 'json', default: '' },
			{ displayName: 'HTML', name: 'html', type: 'string', default: '' },
		],
	},
	async execute() {
		if (this.getNode().name !== TEMPLATE_NODE) {
			return [[{ json: JSON.parse(this.getNodeParameter('json', 0) as string) as IDataObject }]];
		}
		const html = this.getNodeParameter('html', 0) as string;
		return [[{ json: { html } }]];
	},
};
const nodeTypes: INodeTypes = {
	getByName: () => standIn,
	getByNameAndVersion: () => standIn,
	getKnownTypes: () => ({}),
};

/**
 * A template's text with its expressions evaluated by n8n: `before` holds what earlier nodes put
 * out, by their names, `input` what the template node gets.
 */
export async function renderTemplate(
	template: string,
	before: Record<string, IDataObject>,
	input: IDataObject,
): Promise<string> {
	const node = (name: string, parameters: INode['parameters']): INode => ({
		id: name,
		name,
		type: 'standIn',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	});
	const nodes = [
		...Object.entries({ ...before, Input: input }).map(([name, json]) =>
			node(name, { json: JSON.stringify(json) }),
		),
		node(TEMPLATE_NODE, { html: `=${template}` }),
	];
	const connections = Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, position) => [
				name,
				{ main: [[{ node: nodes[position + 1]!.name, type: NodeConnectionTypes.Main, index: 0 }]] },
			]),
	);
	const workflow = new Workflow({ id: 'template', nodes, connections, active: false, nodeTypes });
	const executor = new WorkflowExecute(additionalData({}), 'internal', createRunExecutionData());
	const run = await executor.run({ workflow, startNode: workflow.getNode(nodes[0]!.name)! });
	if (run.data.resultData.error) throw run.data.resultData.error;
	return run.data.resultData.runData[TEMPLATE_NODE]?.[0]?.data?.main?.[0]?.[0]?.json.html as string;
}
