/**
 * `node scripts/run.mjs demo|test|test:e2e|torture|bench|eval|golden [args]`: does whatever set-up the job
 * still needs, then runs it under Node 24. Plain JavaScript for Node 20 without a single dependency,
 * because on a fresh clone this is all there is.
 */
import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { buildFaiss } from './setup/faiss.mjs';
import { compile, filesUnder } from './setup/compile.mjs';
import { installDependencies, NODE } from './setup/dependencies.mjs';
import { installN8n, N8N_FOLDER } from './setup/n8n.mjs';
import { CACHE, ROOT } from './setup/paths.mjs';
import { seconds } from './setup/step.mjs';

const USAGE = `Usage: npm run demo [-- OPTIONS]       a running n8n with everything in it; -- --help lists OPTIONS
       npm test [-- PART … FLAGS]      tests whose path contains a PART; FLAGS as for node --test
       npm run test:e2e [-- FLAGS]     tests in the real n8n with a browser
       npm run torture [-- OPTIONS]    kills writers of an index; -- --help lists OPTIONS
       npm run bench -- NAME [ARGS]    one of bench/*.ts
       npm run eval [-- OPTIONS]       how well searches find; -- --help lists OPTIONS
       npm run golden -- --data DIR    the encoder against a folder of reference outputs
`;

/** A test that hangs fails by itself; the end-to-end file as a whole starts n8n and a browser. */
const TEST_TIMEOUT_MS = { unit: 300_000, e2e: 1_500_000 };

const JOBS = {
	demo: { n8n: () => true, command: (args) => [dist('demo/main.js'), ...args] },
	bench: { n8n: ([name]) => name === 'e2e', command: (args) => [dist('bench/run.js'), ...args] },
	torture: { n8n: () => false, command: (args) => [dist('test/torture/main.js'), ...args] },
	eval: { n8n: () => false, command: (args) => [dist('eval/main.js'), ...args] },
	golden: { n8n: () => false, command: (args) => [dist('bench/golden/main.js'), ...args] },
	test: {
		n8n: () => false,
		command: (args) => testCommand(args, TEST_TIMEOUT_MS.unit, (file) => !isEndToEnd(file)),
	},
	'test:e2e': {
		n8n: () => true,
		command: (args) => testCommand(args, TEST_TIMEOUT_MS.e2e, isEndToEnd),
	},
};

const [name, ...args] = process.argv.slice(2);
const job = Object.hasOwn(JOBS, name ?? '') ? JOBS[name] : undefined;
if (!job) {
	process.stderr.write(USAGE);
	process.exit(2);
}

try {
	await installDependencies();
	await buildFaiss();
	await compile();
	if (job.n8n(args)) await installN8n();
} catch (error) {
	process.stderr.write(`\nSet-up failed. ${error.message}\n`);
	process.exit(1);
}
run(job.command(args));

function dist(path) {
	return join(ROOT, 'dist', path);
}

function isEndToEnd(file) {
	return file.startsWith('test/e2e/');
}

/** Test files are named by the sources, never by what happens to lie in dist/. */
function testCommand(args, timeout, wanted) {
	const parts = args.filter((arg) => !arg.startsWith('-'));
	const flags = args.filter((arg) => arg.startsWith('-'));
	const files = filesUnder('test')
		.filter((file) => file.endsWith('.test.ts') && wanted(file))
		.filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));
	if (files.length === 0) {
		process.stderr.write(`No test file matches ${parts.join(' ') || 'this job'}.\n`);
		process.exit(2);
	}
	return [
		'--enable-source-maps',
		'--test',
		'--test-reporter=spec',
		'--test-concurrency=2',
		`--test-timeout=${timeout}`,
		...flags,
		...files.map((file) => dist(file.replace(/\.ts$/, '.js'))),
	];
}

/** Becomes the job: its signals, its exit code. */
function run(command) {
	const child = spawn(NODE, command, {
		cwd: ROOT,
		stdio: 'inherit',
		env: {
			...process.env,
			PATH: `${dirname(NODE)}${delimiter}${process.env.PATH}`,
			SIS_CACHE: CACHE,
			SIS_N8N: N8N_FOLDER,
			SIS_SETUP_SECONDS: JSON.stringify(seconds),
		},
	});
	const forward = (signal) => child.kill(signal);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
	child.once('error', (error) => {
		process.stderr.write(`${error.message}\n`);
		process.exit(1);
	});
	child.once('exit', (code, signal) => {
		if (!signal) process.exit(code);
		process.removeListener(signal, forward);
		process.kill(process.pid, signal);
	});
}
