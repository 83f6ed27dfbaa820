#!/usr/bin/env node
/**
 * Makes faiss-node loadable. Its npm package carries C++ source and an install script that fetches a
 * prebuilt binary from a code host; n8n's installer runs no install scripts, and many servers reach
 * no code host. Here the source is compiled (seconds) against Debian's libfaiss instead.
 *
 * FAISS only makes large indexes faster, so every failure ends in one sentence and exit status 0.
 */
import { spawnSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const DEBIAN_PACKAGES = ['g++', 'libfaiss-dev', 'libblas-dev', 'liblapack-dev'];
/** faiss-node 0.5.1 uses faiss::idx_t, which libfaiss 1.7.3 (Debian 12) still calls Index::idx_t. */
const IDX_T_SHIM = '#include <faiss/Index.h>\nnamespace faiss { using idx_t = Index::idx_t; }\n';

/** Why this script cannot go on; the message is what the user reads. */
class CannotBuild extends Error {}

function findPackage() {
	try {
		return dirname(require.resolve('faiss-node/package.json'));
	} catch {
		throw new CannotBuild('faiss-node is not installed (it is an optional dependency)');
	}
}

/** The quick look, without a child process. */
function loadsHere(packageDir) {
	try {
		require(packageDir);
		return true;
	} catch {
		return false;
	}
}

/** Why it does not load. In a child: what was just compiled may crash, and what failed is cached. */
function loadError(packageDir) {
	const { status, signal, stderr } = spawnSync(
		process.execPath,
		['-e', 'require(process.argv[1])', packageDir],
		{ encoding: 'utf8' },
	);
	if (status === 0) return undefined;
	const line = stderr.split('\n').find((text) => /^\w*Error\b/.test(text));
	return line ?? `loading ended with ${signal ?? `status ${status}`}`;
}

function run(command, args, options = {}) {
	const result = spawnSync(command, args, { encoding: 'utf8', ...options });
	if (result.error) return { ok: false, output: result.error.message };
	return { ok: result.status === 0, output: `${result.stdout}${result.stderr}`.trim() };
}

function findLibrary() {
	const folders = ['/usr/lib', '/usr/local/lib', '/usr/lib64'];
	if (existsSync('/usr/lib')) {
		for (const entry of readdirSync('/usr/lib')) {
			if (/-linux-gnu/.test(entry)) folders.push(join('/usr/lib', entry));
		}
	}
	return folders.map((folder) => join(folder, 'libfaiss.a')).find((file) => existsSync(file));
}

function haveTools() {
	const headers = ['/usr/include/faiss/Index.h', '/usr/local/include/faiss/Index.h'];
	return run('g++', ['--version']).ok && headers.some((file) => existsSync(file)) && findLibrary();
}

function installTools() {
	if (haveTools()) return;
	if (process.platform !== 'linux' || !run('apt-get', ['--version']).ok) {
		throw new CannotBuild('libfaiss and g++ are missing, and this system has no apt-get');
	}
	if (process.getuid() !== 0) {
		throw new CannotBuild(
			`libfaiss is missing: run "sudo apt-get install ${DEBIAN_PACKAGES.join(' ')}" and try again`,
		);
	}
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const install = () =>
		run('apt-get', ['install', '-y', '--no-install-recommends', ...DEBIAN_PACKAGES], { env });
	console.log(`build-faiss: installing ${DEBIAN_PACKAGES.join(', ')} with apt-get …`);
	if (install().ok) return;
	run('apt-get', ['update'], { env });
	const second = install();
	if (!second.ok) {
		throw new CannotBuild(`apt-get could not install libfaiss: ${lastLine(second.output)}`);
	}
}

/** N-API is stable across versions, so the headers of any Node >= 18 will do. */
function findNodeHeaders() {
	const candidates = [
		() => require('node-api-headers').include_dir,
		() => join(dirname(process.execPath), '..', 'include', 'node'),
		() => join(npmNode(), 'include', 'node'),
		() => '/usr/include/node',
		() => '/usr/local/include/node',
	];
	for (const candidate of candidates) {
		try {
			const folder = candidate();
			if (existsSync(join(folder, 'node_api.h'))) return folder;
		} catch {
			// Not this one.
		}
	}
	throw new CannotBuild('no Node headers (node_api.h) found; npm install -D node-api-headers');
}

/** The npm package `node` keeps Node in a package per platform. */
function npmNode() {
	const fromPackage = createRequire(require.resolve('node/package.json'));
	const { platform, arch } = process;
	return dirname(fromPackage.resolve(`node-${platform}-${arch}/package.json`));
}

function findAddonApi(packageDir) {
	const fromPackage = createRequire(join(packageDir, 'package.json'));
	for (const resolve of [fromPackage.resolve, require.resolve]) {
		try {
			return dirname(resolve('node-addon-api/package.json'));
		} catch {
			// Not there.
		}
	}
	throw new CannotBuild('node-addon-api (a header-only package) is not installed');
}

function compile(packageDir) {
	const scratch = mkdtempSync(join(tmpdir(), 'build-faiss-'));
	try {
		const shim = join(scratch, 'shim.h');
		const built = join(scratch, 'faiss-node.node');
		writeFileSync(shim, IDX_T_SHIM);
		const flags = ['-O3', '-std=c++17', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-w'];
		const inputs = [
			`-I${findNodeHeaders()}`,
			`-I${findAddonApi(packageDir)}`,
			join(packageDir, 'src', 'faiss.cc'),
		];
		const libraries = [findLibrary(), '-fopenmp', '-llapack', '-lblas'];
		const attempt = (extra) =>
			run('g++', [...flags, ...extra, ...inputs, '-o', built, ...libraries]);
		const plain = attempt([]);
		if (!plain.ok) {
			const shimmed = attempt(['-include', shim]);
			if (!shimmed.ok) throw new CannotBuild(`g++ failed: ${firstError(shimmed.output)}`);
		}
		const target = join(packageDir, 'build', 'Release');
		mkdirSync(target, { recursive: true });
		// The scratch folder may be another file system: copy beside the target, then rename.
		const beside = join(target, `faiss-node.node.${process.pid}`);
		const copied = run('cp', [built, beside]);
		if (!copied.ok) throw new CannotBuild(lastLine(copied.output));
		renameSync(beside, join(target, 'faiss-node.node'));
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

const lastLine = (text) => text.split('\n').at(-1);
const firstError = (text) => text.split('\n').find((line) => /error/i.test(line)) ?? lastLine(text);

function main() {
	const packageDir = findPackage();
	if (loadsHere(packageDir)) return 'faiss-node loads; nothing to do';
	const started = Date.now();
	installTools();
	compile(packageDir);
	const after = loadError(packageDir);
	if (after !== undefined) throw new CannotBuild(`compiled, but it does not load: ${after}`);
	return `compiled faiss-node against libfaiss in ${((Date.now() - started) / 1000).toFixed(1)} s`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	try {
		console.log(`build-faiss: ${main()}`);
	} catch (error) {
		const reason = error instanceof CannotBuild ? error.message : (error.stack ?? String(error));
		console.log(`build-faiss: no FAISS (${reason}). Search works without it, by exact scan.`);
	}
}
