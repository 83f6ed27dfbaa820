import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeType, IVersionedNodeType } from 'n8n-workflow';
import { CACHE } from '../harness/root';

/** n8n's own nodes, out of the n8n that the demo and the end-to-end tests install once. */
const FOLDER = join(CACHE, 'n8n-2.41.1');
const PREFIX = 'n8n-nodes-base.';

/** For a test's `skip` option. */
export const NO_N8N: string | false = existsSync(join(FOLDER, '.complete'))
	? false
	: 'n8n is not installed yet: npm run demo or npm run test:e2e does it';

export function n8nNode(type: string, version: number): INodeType | undefined {
	if (!type.startsWith(PREFIX)) return undefined;
	const root = join(FOLDER, 'node_modules', 'n8n-nodes-base');
	const known = JSON.parse(readFileSync(join(root, 'dist/known/nodes.json'), 'utf8')) as Record<
		string,
		{ className: string; sourcePath: string }
	>;
	const place = known[type.slice(PREFIX.length)];
	if (!place) return undefined;
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- the path is known at run time
	const module = require(join(root, place.sourcePath)) as Record<
		string,
		new () => INodeType | IVersionedNodeType
	>;
	const node = new module[place.className]!();
	return 'getNodeType' in node ? node.getNodeType(version) : node;
}
