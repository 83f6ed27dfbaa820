import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { installation } from '../engine/index/faiss/installation';
import { needsFaiss } from './index/faiss-support';

const ROOT = findRoot();
const SCRIPT = join(ROOT, 'scripts', 'build-faiss.mjs');

/** Compiled tests lie in dist/test; elsewhere they run from the package's folder. */
function findRoot(): string {
	for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
		if (existsSync(join(folder, 'scripts', 'build-faiss.mjs'))) return folder;
	}
	return process.cwd();
}

/** A project of its own with this script, so that the real binary is never touched. */
function project(t: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'faiss-install-'));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	mkdirSync(join(folder, 'scripts'));
	mkdirSync(join(folder, 'node_modules'));
	cpSync(SCRIPT, join(folder, 'scripts', 'build-faiss.mjs'));
	return folder;
}

function runScript(folder: string, path = process.env.PATH) {
	const script = join(folder, 'scripts', 'build-faiss.mjs');
	return spawnSync(process.execPath, [script], {
		encoding: 'utf8',
		env: { ...process.env, PATH: path },
	});
}

test('with nothing to do it says so and is quick', async (t) => {
	if (!needsFaiss(t)) return;
	const { status, stdout } = spawnSync(process.execPath, [SCRIPT], { encoding: 'utf8' });
	assert.equal(status, 0);
	assert.equal(stdout, 'build-faiss: faiss-node loads; nothing to do\n');
});

test('without faiss-node it explains and does not fail the install', (t) => {
	const { status, stdout } = runScript(project(t));
	assert.equal(status, 0);
	assert.match(stdout, /no FAISS \(faiss-node is not installed.*do not need it/);
});

test('without compiler and apt-get it explains and does not fail the install', (t) => {
	const folder = project(t);
	const faiss = join(folder, 'node_modules', 'faiss-node');
	mkdirSync(join(faiss, 'lib'), { recursive: true });
	writeFileSync(join(faiss, 'package.json'), '{"name":"faiss-node","main":"lib/index.js"}');
	writeFileSync(join(faiss, 'lib', 'index.js'), 'throw new Error("no binary")');
	const { status, stdout } = runScript(folder, join(folder, 'empty'));
	assert.equal(status, 0);
	assert.match(stdout, /no FAISS \(its prebuilt binary cannot be fetched.*missing/);
	assert.match(stdout, /npm install faiss-node --ignore-scripts=false\n.*copy its/);
	assert.match(installation(faiss).reason ?? '', /no native part yet.*last time: its prebuilt/);
});

test('a published binary is taken where it can be fetched, and only if it loads', (t) => {
	const folder = project(t);
	const faiss = join(folder, 'node_modules', 'faiss-node');
	const fetcher = join(folder, 'node_modules', 'prebuild-install');
	for (const path of [join(faiss, 'lib'), fetcher]) mkdirSync(path, { recursive: true });
	writeFileSync(join(faiss, 'package.json'), '{"name":"faiss-node","main":"lib/index.js"}');
	writeFileSync(join(faiss, 'lib', 'index.js'), 'require("../build/Release/faiss-node.node.js")');
	writeFileSync(join(fetcher, 'package.json'), '{"name":"prebuild-install"}');
	const fetches = (binary: string) =>
		writeFileSync(
			join(fetcher, 'bin.js'),
			`const fs = require('node:fs');
			fs.mkdirSync('build/Release', { recursive: true });
			fs.writeFileSync('build/Release/faiss-node.node', '');
			fs.writeFileSync('build/Release/faiss-node.node.js', ${JSON.stringify(binary)});`,
		);
	fetches('throw new Error("another libc")');
	assert.match(runScript(folder, join(folder, 'empty')).stdout, /no FAISS/);
	assert.equal(installation(faiss).binary, 'none');
	fetches('');
	assert.match(runScript(folder, join(folder, 'empty')).stdout, /fetched the prebuilt binary/);
	assert.equal(installation(faiss).binary, 'prebuilt');
});

test('a missing or broken binary is replaced by one that loads', async (t) => {
	if (!needsFaiss(t)) return;
	if (spawnSync('g++', ['--version']).status !== 0) return t.skip('no compiler here');
	const folder = project(t);
	const modules = join(ROOT, 'node_modules');
	const faiss = join(folder, 'node_modules', 'faiss-node');
	const binary = join('build', 'Release', 'faiss-node.node');
	cpSync(join(modules, 'faiss-node'), faiss, {
		recursive: true,
		filter: (file) => !file.startsWith(join(modules, 'faiss-node', 'build')),
	});
	for (const name of ['bindings', 'file-uri-to-path', 'node-addon-api', 'node-api-headers']) {
		symlinkSync(join(modules, name), join(folder, 'node_modules', name));
	}
	mkdirSync(join(faiss, 'build', 'Release'), { recursive: true });
	writeFileSync(join(faiss, binary), 'not a shared object');
	const first = runScript(folder);
	if (first.stdout.includes('no FAISS')) return t.skip(first.stdout.trim());
	assert.match(first.stdout, /compiled faiss-node against libfaiss \d/);
	assert.equal(installation(faiss).binary, 'compiled');
	assert.match(runScript(folder).stdout, /nothing to do/);
});
