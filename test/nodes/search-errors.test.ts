import './user-folder';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { IDataObject, IWorkflowBase } from 'n8n-workflow';
import { PACKAGE_ROOT } from '../../engine/locations';
import { renderTemplate } from './template';

/** What a search workflow answers where its search failed. */
const ANSWERS = [
	['search-webhook.json', 'Answer with the error', 'responseBody'],
	['search-by-picture.json', 'Answer with the error', 'responseBody'],
	['gallery-page.json', 'Render page', 'html'],
] as const;
const REQUEST = { q: 'x', like: '', cursor: '', sort: '', title: 'Photo search', limit: 24 };

for (const [file, node, parameter] of ANSWERS) {
	const text = readFileSync(join(PACKAGE_ROOT, 'workflows', file), 'utf8');
	const { nodes } = JSON.parse(text) as IWorkflowBase;
	const template = nodes.find(({ name }) => name === node)!.parameters[parameter] as string;
	const answer = async (error: IDataObject) =>
		await renderTemplate(template.replace(/^=/, ''), { 'Read request': REQUEST }, error);

	test(`${file} tells strangers what to change, and not where models and servers are`, async () => {
		for (const code of ['MODEL_OFFLINE', 'INTERNAL', 'OLLAMA_UNREACHABLE', undefined]) {
			const failed = await answer({ error: '/home/pat/models at 10.0.0.7', details: { code } });
			assert.match(failed, /does not work at the moment/);
			assert.doesNotMatch(failed, /home.pat|10\.0\.0/);
		}
		for (const code of ['QUERY_TOO_LONG', 'BAD_CURSOR', 'MODEL_NOT_READY', 'NOT_AN_IMAGE']) {
			assert.match(await answer({ error: 'Do so and so.', details: { code } }), /Do so and so\./);
		}
	});
}
