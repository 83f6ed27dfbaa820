import { rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { OWNER } from '../test/harness/n8n-rest';
import { withLock } from '../test/harness/lock';
import { CACHE, scratchFolder, siteFolder } from '../test/harness/root';
import { S3_KEY } from '../test/harness/s3-storage';
import { BUCKET, Site, stopEngine } from '../test/harness/site';
import { step } from '../test/harness/step';
import { ask, searchAddress, table } from './answers';
import { checkAnswers, checkUpload, report, type CheckReport } from './check';
import { readGallery, type Gallery } from './gallery';
import { prepareModel } from './model';
import { OLLAMA_URL, ollamaIsReady } from './ollama';
import { DEMO_MODEL, parseOptions, USAGE, UsageError, type DemoOptions } from './options';
import { photosUnder, upload, type Photo } from './photos';

const QUERIES = ['Christmas', 'beach sunset with people', 'Pat, Jack, and an automobile'];
const N8N_PORT = 5678;
const S3_PORT = 9000;
const SHOWN_RESULTS = 5;
/** A user's thousands of photos with a big model take hours, and show their progress. */
const INDEX_TIMEOUT_MS = 24 * 60 * 60_000;

/** The shells' exit code for Ctrl-C. */
const INTERRUPTED = 130;

const say = (text = ''): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
	const options = parseOptions(process.argv.slice(2));
	if (!options) {
		say(USAGE);
		return 0;
	}
	return options.check ? await check(options) : await show(options);
}

/** Everything up and indexed; what is left for the user to look at. */
async function start(options: DemoOptions, folder: string, photos: Photo[]): Promise<Site> {
	const ollama = await ollamaIsReady();
	const site = await Site.start({
		folder,
		model: options.model,
		ollamaUrl: OLLAMA_URL,
		n8nPort: N8N_PORT,
		s3Port: S3_PORT,
		env: { SEMANTIC_IMAGE_SEARCH_MODELS: join(CACHE, 'models') },
		step,
	});
	try {
		await prepareModel(site.engine, options.model, step);
		await step('Uploading photos', async (progress) => {
			const count = await upload(site.storage, photos, (done) =>
				progress(`${done} of ${photos.length}`),
			);
			progress(`${count} new, ${photos.length} in all`);
		});
		await index(site, photos.length);
		await step('Publishing the workflows', async () => {
			await site.publish(site.publishable.filter(isWanted));
			site.forwardEvents();
		});
		if (!ollama) {
			process.stderr.write(
				`  No Ollama with nomic-embed-text at ${OLLAMA_URL}: text vectors are owed until there is\n` +
					'  one; pictures and keywords answer.\n',
			);
		}
		return site;
	} catch (error) {
		await site.stop();
		throw error;
	}
}

/** The shipped backfill workflow, with the engine's own count as progress. */
async function index(site: Site, expected: number): Promise<void> {
	await step('Indexing through the backfill workflow', async (progress) => {
		const timer = setInterval(() => {
			site.engine
				.stats(BUCKET)
				.then(({ photos }) => progress(`${photos} of ${expected}`))
				.catch(() => undefined);
		}, 500);
		try {
			await site.run('backfill-bucket', INDEX_TIMEOUT_MS);
		} finally {
			clearInterval(timer);
		}
		const { photos } = await site.engine.stats(BUCKET);
		progress(`${photos} photos in the index`);
	});
}

function isWanted(workflow: string): boolean {
	// Needs a vision model in Ollama.
	return !workflow.startsWith('captions');
}

async function show(options: DemoOptions): Promise<number> {
	const folder = dataFolder(options);
	const busy = () => {
		throw new Error('A demo already runs from this clone: end it (Ctrl-C) and start again.');
	};
	return await withLock(`${folder}.lock`, async () => await showLocked(options, folder), busy);
}

async function showLocked(options: DemoOptions, folder: string): Promise<number> {
	if (options.fresh) rmSync(folder, { recursive: true, force: true });
	const photos = options.photos ? photosUnder(options.photos) : readGallery().photos;
	if (photos.length === 0) throw new UsageError(`--photos: no JPEGs under ${options.photos}`);
	const interrupted = interruption();
	const site = await unlessInterrupted(interrupted, folder, start(options, folder, photos));
	try {
		await printWelcome(site);
		await interrupted;
		say('\nEnding n8n, the engine and the S3 server …');
	} finally {
		await site.stop();
	}
	return 0;
}

/** One folder per choice of photos and model: their indexes cannot be mixed. */
function dataFolder({ photos, model }: DemoOptions): string {
	const name = photos
		? `demo-${createHash('sha256').update(`${photos}\0${model}`).digest('hex').slice(0, 8)}`
		: model === DEMO_MODEL
			? 'demo'
			: `demo-${model.replace(/[^\w.-]/g, '_')}`;
	return siteFolder(name);
}

/** Resolves with the first Ctrl-C or its like. A second one is npm's echo of the first. */
async function interruption(): Promise<'interrupted'> {
	return await new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			process.on(signal, () => resolve('interrupted'));
		}
	});
}

/**
 * What `work` comes to. At an interruption this process leaves at once: the processes that it
 * started end themselves when it is gone, and the engine is told to.
 */
async function unlessInterrupted<T>(
	interrupted: Promise<'interrupted'>,
	folder: string,
	work: Promise<T>,
): Promise<T> {
	const first = await Promise.race([work, interrupted]);
	if (first !== 'interrupted') return first as T;
	say('\nInterrupted: ending everything.');
	await stopEngine(folder);
	process.exit(INTERRUPTED);
}

async function printWelcome(site: Site): Promise<void> {
	say();
	for (const query of QUERIES) {
		const answer = await ask(site.n8n, query, SHOWN_RESULTS);
		say(`“${query}”  ${Math.round(answer.took_ms)} ms`);
		for (const line of table(answer)) say(line);
		for (const hint of answer.hints) say(`  Note: ${hint}`);
		say();
	}
	say(`Editor          ${site.n8n.url}`);
	say(`  login         ${OWNER.email}  ${OWNER.password}`);
	say(`Gallery page    ${site.n8n.webhook('gallery?q=Christmas')}`);
	say(`Search webhook  ${searchAddress(site.n8n, 'Christmas')}`);
	say(`S3 endpoint     ${site.storage.endpoint}  bucket ${BUCKET}`);
	say(`  keys          ${S3_KEY}  ${S3_KEY}`);
	say(`Data and logs   ${site.folder}`);
	say();
	say('Upload a JPEG to the bucket and search for it a moment later. Ctrl-C ends everything.');
}

async function check(options: DemoOptions): Promise<number> {
	const folder = scratchFolder('check');
	let outcome: CheckReport;
	try {
		const work = checkAll(options, folder, readGallery());
		outcome = await unlessInterrupted(interruption(), folder, work);
	} catch (error) {
		outcome = { ok: false, problems: [(error as Error).message], ranks: {} };
	}
	for (const problem of outcome.problems) say(`✖ ${problem}`);
	if (outcome.ok) rmSync(folder, { recursive: true, force: true });
	else say(`Logs are kept in ${folder}`);
	say(JSON.stringify(report(outcome)));
	return outcome.ok ? 0 : 1;
}

async function checkAll(
	options: DemoOptions,
	folder: string,
	gallery: Gallery,
): Promise<CheckReport> {
	const site = await start(options, folder, gallery.photos);
	try {
		await printWelcome(site);
		const answers = await step('Checking the answers', async () => {
			return await checkAnswers(site.n8n, gallery.answers);
		});
		const uploaded = await step('Uploading one more photo until search finds it', async () => {
			return await checkUpload(site, gallery.later);
		});
		const problems = [...answers.problems, ...uploaded.problems];
		return { ...answers, problems, upload: uploaded.upload, ok: problems.length === 0 };
	} finally {
		await step('Ending everything', async () => await site.stop());
	}
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		const message = error instanceof Error ? error.message : String(error);
		process.stderr.write(`\n${message}\n`);
		if (error instanceof UsageError) process.stderr.write(`\n${USAGE}`);
		process.exit(error instanceof UsageError ? 2 : 1);
	},
);
