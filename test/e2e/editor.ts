import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Stage } from './stage';

const PACKAGE = 'n8n-nodes-semantic-image-search';
const NODE = '[data-test-id="canvas-node"]';

const ANIMATION_MS = 1_000;

/** What the node creator must find, by what a user might type. */
const NODES = {
	siglip: 'SigLIP Embed Image',
	'index vector': 'Index Vector',
	'semantic image': 'Semantic Image Search',
	's3 image': 'S3 Image',
	's3 event': 'S3 Event',
};

interface DrawnNode {
	type: string;
	icons: number[];
}

/** Needs the search workflows published. */
export function editor(stage: () => Stage): void {
	const openWorkflow = async (name: string): Promise<Page> => {
		const page = await stage().open(`/workflow/${stage().site.workflow(name).id}`);
		await page.waitForSelector(NODE);
		await drawn(page);
		// n8n's advice covers the notes on the canvas.
		const advice = page.locator('[data-test-id="suggested-actions-close"]');
		if (await advice.isVisible()) await advice.click();
		return page;
	};

	describe('the editor', () => {
		it('opens every shipped workflow and draws every node with its icon', async () => {
			for (const name of stage().site.workflows.keys()) {
				const page = await openWorkflow(name);
				const nodes = await page.$$eval(NODE, (nodes) =>
					nodes.map((node) => ({
						type: node.getAttribute('data-node-type') ?? '',
						icons: [...node.querySelectorAll('img')].map((image) => image.naturalWidth),
					})),
				);
				assertIcons(name, nodes);
				await stage().screenshot(page, `editor-${name}`);
				await page.close();
			}
		});

		it('offers every node when a user looks for it', async () => {
			const page = await openWorkflow('backfill-bucket');
			await page.click('[data-test-id="node-creator-plus-button"]');
			for (const [words, label] of Object.entries(NODES)) {
				await page.fill('[data-test-id="node-creator-search-bar"]', words);
				const found = page.locator('[data-test-id="node-creator-item-name"]', { hasText: label });
				await found.first().waitFor({ timeout: 5_000 });
			}
			await page.fill('[data-test-id="node-creator-search-bar"]', 'semantic image');
			await page.waitForTimeout(500);
			await stage().screenshot(page, 'editor-node-creator');
			await page.close();
		});

		it('opens the panel of each node', async () => {
			const panels = {
				'search-webhook': 'Search photos',
				'index-on-upload-event': 'Embed photos',
				'backfill-bucket': 'Sync bucket',
			};
			for (const [workflow, node] of Object.entries(panels)) {
				const page = await openWorkflow(workflow);
				await page.dblclick(`${NODE}[data-node-name="${node}"]`);
				await page.waitForSelector('[data-test-id="ndv"]');
				await drawn(page);
				assert.equal(await page.locator('text=Error fetching options').count(), 0);
				await stage().screenshot(page, `panel-${workflow}`);
				await page.close();
			}
		});
	});
}

/** Waits until every picture on the page is there, or known to be missing, and nothing moves. */
async function drawn(page: Page): Promise<void> {
	await page.waitForFunction('[...document.images].every((image) => image.complete)');
	await page.waitForTimeout(ANIMATION_MS);
}

/** Nodes of this package have an image that loaded; a node n8n does not know has none. */
function assertIcons(workflow: string, nodes: DrawnNode[]): void {
	const ours = nodes.filter(({ type }) => type.startsWith(`${PACKAGE}.`));
	assert.ok(ours.length > 0, `${workflow} draws no node of this package`);
	for (const { type, icons } of ours) {
		assert.ok(
			icons.some((width) => width > 0),
			`${type} in ${workflow} has no icon`,
		);
	}
}
