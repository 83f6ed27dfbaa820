import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { readGallery, type Gallery } from '../../demo/gallery';
import { upload } from '../../demo/photos';
import { launchChromium } from '../harness/chromium';
import { startOllamaServer, type OllamaTestServer } from '../harness/ollama-server';
import { OWNER } from '../harness/n8n-rest';
import { ROOT, scratchFolder } from '../harness/root';
import { Site } from '../harness/site';
import { step } from '../harness/step';

const SCREENSHOTS = join(ROOT, 'test-results');
const VIEWPORT = { width: 1440, height: 900 };

/** What every end-to-end test plays on: a site with the gallery in its bucket, and a browser. */
export class Stage {
	private constructor(
		private readonly folder: string,
		readonly site: Site,
		readonly gallery: Gallery,
		readonly ollama: OllamaTestServer,
		private readonly browser: Browser,
		private readonly context: BrowserContext,
	) {}

	static async set(): Promise<Stage> {
		const folder = scratchFolder('e2e');
		const ollama = await startOllamaServer();
		const site = await Site.start({ folder, model: 'demo', ollamaUrl: ollama.url, step });
		const gallery = readGallery();
		await upload(site.storage, gallery.photos);
		const browser = await step('Starting Chromium', async () => await launchChromium());
		const context = await browser.newContext({ viewport: VIEWPORT, colorScheme: 'light' });
		await context.request.post(`${site.n8n.url}/rest/login`, {
			data: { emailOrLdapLoginId: OWNER.email, password: OWNER.password },
		});
		mkdirSync(SCREENSHOTS, { recursive: true });
		return new Stage(folder, site, gallery, ollama, browser, context);
	}

	/** A photo of the gallery by its file name. */
	photo(file: string): Buffer {
		return readFileSync(join(ROOT, 'demo', 'gallery', file));
	}

	/** Opens a page, signed in as the owner. */
	async open(address: string): Promise<Page> {
		const page = await this.context.newPage();
		await page.goto(address.startsWith('http') ? address : `${this.site.n8n.url}${address}`);
		return page;
	}

	/** Keeps what the page looks like, for a person to look at. */
	async screenshot(page: Page, name: string): Promise<void> {
		await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
	}

	async strike(): Promise<void> {
		await this.browser.close();
		await this.site.stop();
		await this.ollama.close();
		rmSync(this.folder, { recursive: true, force: true });
	}
}
