import './user-folder';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { NodeHelpers, type INode, type INodeParameters, type IWorkflowBase } from 'n8n-workflow';
import { OUR_NODES, PACKAGE } from './host';
import { PACKAGE_ROOT } from '../../engine/locations';

/**
 * Versions, parameters and credentials of the n8n nodes that the workflows use, taken from
 * `dist/types/nodes.json` of n8n-nodes-base 2.41.1: only the newest version of each is in it.
 */
const N8N_NODES = readJson('test/nodes/fixtures/n8n-nodes-base-2.41.json') as Record<
	string,
	Record<string, { parameters: string[]; credentials: string[] }>
>;

/** Credentials that a user (and the demo) creates once, under ids the workflows know. */
const CREDENTIALS: Record<string, { id: string; name: string }> = {
	semanticImageSearchS3Api: { id: 'sisS3Storage00001', name: 'S3 storage' },
	semanticImageSearchOllamaApi: { id: 'sisOllama00000001', name: 'Ollama' },
	s3: { id: 'sisS3ForN8nNode01', name: "S3 for n8n's own S3 node" },
};

const files = readdirSync(sourcePath('workflows')).filter((file) => file.endsWith('.json'));

/** Tests run from dist/, or from a copy of it, beside the sources. */
function sourcePath(path: string): string {
	return join(PACKAGE_ROOT, path);
}

function readJson(path: string): unknown {
	return JSON.parse(readFileSync(sourcePath(path), 'utf8'));
}

function known(node: INode): { parameters: string[]; credentials: string[] } {
	const ours = OUR_NODES.find(({ description }) => PACKAGE + description.name === node.type);
	if (ours) {
		assert.equal(node.typeVersion, ours.description.version);
		const { properties, credentials = [], polling } = ours.description;
		return {
			// n8n adds the times to look to every polling node.
			parameters: [...properties.map(({ name }) => name), ...(polling ? ['pollTimes'] : [])],
			credentials: credentials.map(({ name }) => name),
		};
	}
	const versions = N8N_NODES[node.type];
	assert.ok(versions, `${node.name}: there is no node type ${node.type}`);
	const version = versions[node.typeVersion];
	assert.ok(version, `${node.name}: ${node.type} has no version ${node.typeVersion}`);
	return version;
}

describe('shipped workflows', () => {
	test('there is one for every way in and out', () => assert.equal(files.length, 7));

	test('no two share an id, a webhook path or a node id', () => {
		const workflows = files.map((file) => readJson(`workflows/${file}`) as IWorkflowBase);
		const nodes = workflows.flatMap((workflow) => workflow.nodes);
		const paths = nodes
			.filter(({ webhookId }) => webhookId)
			.map(({ parameters }) => `${parameters.httpMethod ?? ''} ${parameters.path}`);
		for (const list of [workflows.map(({ id }) => id), nodes.map(({ id }) => id), paths]) {
			assert.equal(new Set(list).size, list.length);
		}
	});

	for (const file of files) {
		test(`${file} can be imported as it is`, () => {
			const workflow = readJson(`workflows/${file}`) as IWorkflowBase;
			assert.match(workflow.id, /^[A-Za-z0-9]{16,17}$/);
			assert.equal(workflow.active, false);
			assert.equal(workflow.pinData, undefined);
			assert.equal(workflow.settings?.executionOrder, 'v1');
			assert.ok(workflow.nodes.some(({ type }) => type === 'n8n-nodes-base.stickyNote'));

			const names = new Set(workflow.nodes.map(({ name }) => name));
			for (const node of workflow.nodes) {
				const { parameters, credentials } = known(node);
				for (const name of Object.keys(node.parameters)) {
					assert.ok(parameters.includes(name), `${node.name} has no parameter ${name}`);
				}
				for (const [type, chosen] of Object.entries(node.credentials ?? {})) {
					assert.ok(credentials.includes(type), `${node.name} takes no credential ${type}`);
					assert.deepEqual(chosen, CREDENTIALS[type]);
				}
				for (const [, mentioned] of JSON.stringify(node.parameters).matchAll(/\$\('([^']+)'\)/g)) {
					assert.ok(
						names.has(mentioned!),
						`${node.name} refers to “${mentioned}”, which is not there`,
					);
				}
			}
			for (const [from, { main }] of Object.entries(workflow.connections)) {
				assert.ok(names.has(from), `a connection starts at “${from}”, which is not there`);
				for (const { node } of main!.flat().filter((target) => target !== null)) {
					assert.ok(names.has(node), `a connection ends at “${node}”, which is not there`);
				}
			}
		});

		test(`${file} leaves no required field of our nodes empty`, () => {
			const workflow = readJson(`workflows/${file}`) as IWorkflowBase;
			for (const node of workflow.nodes) {
				const type = OUR_NODES.find(({ description }) => PACKAGE + description.name === node.type);
				if (!type) continue;
				const filled: INode = {
					...node,
					parameters: NodeHelpers.getNodeParameters(
						type.description.properties,
						node.parameters,
						true,
						false,
						node,
						type.description,
					) as INodeParameters,
				};
				const issues = NodeHelpers.getNodeParametersIssues(
					type.description.properties,
					filled,
					type.description,
				);
				assert.deepEqual(issues, null, `${node.name}: ${JSON.stringify(issues)}`);
			}
		});
	}
});
