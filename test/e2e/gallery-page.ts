import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Stage } from './stage';

/** Needs the gallery in the index, and its page published. */
export function galleryPage(stage: () => Stage): void {
	const pictures = async (page: Page): Promise<number[]> => {
		await page.waitForLoadState('networkidle');
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
