import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

const run = promisify(execFile);

/** Where distributions put it; CHROMIUM names another one. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const FLAGS = [
	// Inside a container or as root there is no sandbox to be had.
	'--no-sandbox',
	'--disable-dev-shm-usage',
	'--disable-gpu',
	// Nothing but the pages under test is asked for.
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
	'--no-default-browser-check',
];

/** A headless browser; installs Debian's Chromium where that is possible and none is there. */
export async function launchChromium(): Promise<Browser> {
	const executablePath = find() ?? (await install());
	return await chromium.launch({ executablePath, args: FLAGS });
}

function find(): string | undefined {
	const places = process.env.CHROMIUM ? [process.env.CHROMIUM] : PLACES;
	return places.find((place) => existsSync(place));
}

async function install(): Promise<string> {
	if (process.platform === 'linux' && process.getuid?.() === 0) {
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		const options = { env, maxBuffer: 64 * 1024 * 1024 };
		await run('apt-get', ['update', '-qq'], options).catch(() => undefined);
		await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
	}
	const found = find();
	if (found) return found;
	throw new Error('No Chromium found: install the package "chromium", or set CHROMIUM to its path');
}
