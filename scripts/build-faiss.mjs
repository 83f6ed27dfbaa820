#!/usr/bin/env node
/**
 * Makes faiss-node loadable. Its npm package carries C++ source and an install script that fetches a
 * prebuilt binary from a code host; n8n's installer runs no install scripts, and many servers reach
 * no code host. Here it is fetched where that can be reached; on Debian and Ubuntu the source is
 * otherwise compiled (seconds) against their libfaiss; elsewhere it is told how to get there by hand.
 *
 * Searches do not need FAISS, so every failure ends in a sentence and exit status 0. How it went is
 * noted beside the binary, for `semantic-image-search doctor`.
 */
import { spawnSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
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

/** A few megabytes; a firewall that answers nothing must not hold an installation up. */
const FETCH_MS = 60_000;
const BINARY = join('build', 'Release', 'faiss-node.node');
const NOTE = join('build', 'faiss-build.json');

/** Why this script cannot go on; the message is what the user reads, `steps` what can be done. */
class CannotBuild extends Error {
	constructor(message, steps = []) {
		super(message);
		this.steps = steps;
	}
}

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

/** Whether the binary that faiss-node's author published could be fetched, and loads. */
function fetchPrebuilt(packageDir) {
	let script;
	try {
		script = createRequire(join(packageDir, 'package.json')).resolve('prebuild-install/bin.js');
	} catch {
		return false;
	}
	const fetched = run(process.execPath, [script, '--runtime', 'napi'], {
		cwd: packageDir,
		timeout: FETCH_MS,
	});
	if (!fetched.ok || !existsSync(join(packageDir, BINARY))) return false;
	if (loadError(packageDir) === undefined) return true;
	// Made for another libc, perhaps.
	rmSync(join(packageDir, 'build'), { recursive: true });
	return false;
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

function installTools(packageDir) {
	if (haveTools()) return;
	if (process.platform !== 'linux' || !run('apt-get', ['--version']).ok) {
		throw new CannotBuild(
			'its prebuilt binary cannot be fetched, and libfaiss and g++ are missing',
			stepsByHand(packageDir),
		);
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

/** Where this script does not compile by itself. */
function stepsByHand(packageDir) {
	const { platform, arch } = process;
	const copy = [
		`On a ${platform} ${arch} machine that reaches github.com, run`,
		'  npm install faiss-node --ignore-scripts=false',
		`and copy its node_modules/faiss-node/build to ${join(packageDir, 'build')}.`,
	];
	if (platform === 'darwin') {
		return [
			...copy,
			'Or compile it with Homebrew’s FAISS (not tested):',
			'  brew install faiss libomp && P=$(brew --prefix) && mkdir -p build/Release',
			`  c++ -O3 -std=c++17 -bundle -undefined dynamic_lookup -DNAPI_VERSION=8 -I$P/include -I<node headers> -I<node-addon-api> src/faiss.cc -o ${BINARY} -L$P/lib -lfaiss`,
			`in ${packageDir}.`,
		];
	}
	if (platform === 'win32') {
		return [
			...copy,
			'Or compile it with cmake-js against the libfaiss of conda-forge (`conda install -c conda-forge libfaiss`) or vcpkg (`vcpkg install faiss`) (not tested).',
		];
	}
	return [
		...copy,
		'Or install libfaiss with its headers, g++, BLAS and LAPACK, and run this again.',
		'On Alpine (musl) neither is to be had.',
	];
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
		const target = dirname(join(packageDir, BINARY));
		mkdirSync(target, { recursive: true });
		// The scratch folder may be another file system: copy beside the target, then rename.
		const beside = join(target, `faiss-node.node.${process.pid}`);
		const copied = run('cp', [built, beside]);
		if (!copied.ok) throw new CannotBuild(lastLine(copied.output));
		renameSync(beside, join(packageDir, BINARY));
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

const lastLine = (text) => text.split('\n').at(-1);
const firstError = (text) => text.split('\n').find((line) => /error/i.test(line)) ?? lastLine(text);

/** The FAISS whose headers were compiled against. */
function libraryVersion() {
	const header = ['/usr/include/faiss/Index.h', '/usr/local/include/faiss/Index.h'].find(
		existsSync,
	);
	const text = header ? readFileSync(header, 'utf8') : '';
	const parts = ['MAJOR', 'MINOR', 'PATCH'].map(
		(part) => new RegExp(`FAISS_VERSION_${part} (\\d+)`).exec(text)?.[1],
	);
	return parts.includes(undefined) ? 'unknown' : parts.join('.');
}

function note(packageDir, facts) {
	try {
		mkdirSync(join(packageDir, 'build'), { recursive: true });
		writeFileSync(join(packageDir, NOTE), JSON.stringify(facts));
	} catch {
		// A folder that cannot be written to: the outcome is printed all the same.
	}
}

function build(packageDir) {
	if (loadsHere(packageDir)) return 'faiss-node loads; nothing to do';
	const started = Date.now();
	rmSync(join(packageDir, NOTE), { force: true });
	if (fetchPrebuilt(packageDir)) {
		note(packageDir, { fetched: true });
		return 'fetched the prebuilt binary of faiss-node';
	}
	installTools(packageDir);
	compile(packageDir);
	const after = loadError(packageDir);
	if (after !== undefined) throw new CannotBuild(`compiled, but it does not load: ${after}`);
	const library = libraryVersion();
	note(packageDir, { library });
	const seconds = ((Date.now() - started) / 1000).toFixed(1);
	return `compiled faiss-node against libfaiss ${library} in ${seconds} s`;
}

function main() {
	let packageDir;
	try {
		packageDir = findPackage();
		console.log(`build-faiss: ${build(packageDir)}`);
	} catch (error) {
		const isOurs = error instanceof CannotBuild;
		const reason = isOurs ? error.message : (error.stack ?? String(error));
		if (packageDir) note(packageDir, { failed: reason.split('\n', 1)[0] });
		console.log(`build-faiss: no FAISS (${reason}). Searches do not need it.`);
		for (const step of isOurs ? error.steps : []) console.log(`  ${step}`);
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
