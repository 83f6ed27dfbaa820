import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Stage } from './stage';

/** Needs the gallery in the index, and its page published. */
export function galleryPage(stage: () => Stage): void {
	const pictures = async (page: Page): Promise<number[]> => {
		await page.waitForLoadState('networkidle');
		// Those far down load when somebody comes near them.
		await page.$$eval('img', (images) => images.forEach((image) => (image.loading = 'eager')));
		await page.waitForFunction('[...document.images].every((image) => image.complete)');
		return await page.$$eval('img', (images) => images.map((image) => image.naturalWidth));
	};

	describe('the gallery page', () => {
		it('shows the pictures it found, in a browser', async () => {
			const page = await stage().open(stage().site.n8n.webhook('gallery?q=Christmas'));
			const widths = await pictures(page);
			assert.ok(widths.length >= 5, `${widths.length} pictures`);
			assert.ok(widths.every((width) => width > 0));
			await stage().screenshot(page, 'gallery');
			await page.close();
		});

		it('searches again from its own form', async () => {
			const page = await stage().open(stage().site.n8n.webhook('gallery'));
			await page.fill('input[name="q"]', 'beach sunset with people');
			await page.keyboard.press('Enter');
			await page.waitForURL(/q=beach/);
			const widths = await pictures(page);
			assert.ok(widths.length >= 5 && widths.every((width) => width > 0));
			await stage().screenshot(page, 'gallery-beach');
			await page.close();
		});

		it('shows photos like one of them', async () => {
			const page = await stage().open(stage().site.n8n.webhook('gallery?q=Christmas'));
			await page.locator('a[href*="like="]').first().click();
			await page.waitForURL(/like=/);
			const widths = await pictures(page);
			assert.ok(widths.length > 0 && widths.every((width) => width > 0));
			await stage().screenshot(page, 'gallery-like');
			await page.close();
		});

		it('narrows by a facet, sorts by date and keeps only what is relevant, by the keyboard', async () => {
			const page = await stage().open(stage().site.n8n.webhook('gallery?q=Christmas'));
			await page.locator('.facets a', { hasText: '2024' }).focus();
			await page.keyboard.press('Enter');
			await page.waitForURL(/q=Christmas%20year%3A2024/);
			await page.locator('a', { hasText: 'Newest' }).press('Enter');
			await page.waitForURL(/sort=newest/);
			await page.goBack();
			await page.waitForURL((url) => !url.search.includes('sort='));
			await page.getByRole('switch').press(' ');
			await page.waitForURL(/only_relevant=1/);
			assert.equal(await page.getByRole('switch').getAttribute('aria-checked'), 'true');
			assert.equal(await page.inputValue('input[name="q"]'), 'Christmas year:2024');
			assert.equal(await page.locator('.less').count(), 0);
			await page.close();
		});

		it('says how to search in a box that Escape closes', async () => {
			const page = await stage().open(stage().site.n8n.webhook('gallery?q=Christmas'));
			await page.getByRole('button', { name: 'How to search' }).press('Enter');
			const help = page.locator('#help');
			assert.ok(await help.isVisible());
			await stage().screenshot(page, 'gallery-help');
			await page.keyboard.press('Escape');
			assert.equal(await help.isVisible(), false);
			await page.getByRole('button', { name: 'How to search' }).click();
			await help.locator('a', { hasText: 'beach -people' }).click();
			await page.waitForURL(/q=beach%20-people/);
			await page.close();
		});

		it('leaves out photos like one of them', async () => {
			const page = await stage().open(stage().site.n8n.webhook('gallery?q=beach'));
			const names = () => page.locator('.name').allTextContents();
			const [first] = await names();
			await page.locator('a', { hasText: 'Without this' }).first().click();
			await page.waitForURL(/-like/);
			assert.ok(!(await names()).slice(0, 1).includes(first!));
			await page.close();
		});

		it('answers that nothing matches, and shows the nearest only when told to', async () => {
			const page = await stage().open(stage().site.n8n.webhook('gallery?q=person:Zebulon'));
			assert.ok(await page.getByText('Nothing matches').isVisible());
			assert.equal((await pictures(page)).length, 0);
			await stage().screenshot(page, 'gallery-nothing');
			await page.close();
		});

		it('underlines what it did not understand', async () => {
			const page = await stage().open(stage().site.n8n.webhook('gallery?q=beach%20before:soon'));
			assert.equal(await page.locator('.hint u').textContent(), 'before:soon');
			await stage().screenshot(page, 'gallery-note');
			await page.close();
		});

		it('fits a phone, and a dark room', async () => {
			const page = await stage().open(stage().site.n8n.webhook('gallery?q=Christmas'));
			await page.setViewportSize({ width: 390, height: 844 });
			await page.emulateMedia({ colorScheme: 'dark' });
			await pictures(page);
			const overflow = await page.evaluate(
				'document.documentElement.scrollWidth - document.documentElement.clientWidth',
			);
			assert.ok(Number(overflow) <= 0, `${String(overflow)} px wider than the screen`);
			await stage().screenshot(page, 'gallery-phone');
			await page.close();
		});

		it('shows a query as text, never as markup', async () => {
			const query = '<img src=x onerror="document.title=1">';
			const page = await stage().open(
				stage().site.n8n.webhook(`gallery?${new URLSearchParams({ q: query })}`),
			);
			await page.waitForLoadState('networkidle');
			assert.equal(await page.$$eval('img[src="x"]', (images) => images.length), 0);
			assert.equal(await page.inputValue('input[name="q"]'), query);
			await page.close();
		});
	});
}
