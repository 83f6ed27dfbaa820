import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { PACKAGE_ROOT } from '../../engine/locations';
import { testEngine } from '../harness/engine';
import { freePort } from '../harness/free-port';

const MAIN = path.join(PACKAGE_ROOT, 'dist/cli/main.js');
const TOKEN = 'a-token-of-enough-length';

interface Ran {
	code: number | null;
	out: string;
	err: string;
}

describe('the commands for an index as a whole', () => {
	const engine = testEngine();
	let folder: string;
	let url: string;
	before(async () => {
		folder = mkdtempSync(path.join(tmpdir(), 'sis-cli-'));
		const port = await freePort();
		url = `http://127.0.0.1:${port}`;
		process.env['SEMANTIC_IMAGE_SEARCH_LISTEN'] = `127.0.0.1:${port}`;
		process.env['SEMANTIC_IMAGE_SEARCH_TOKEN'] = TOKEN;
		await engine.client.upsert('photos', {
			images: [
				{ id: 'ä "b"\n.jpg', title: 'A wall', embedding: [1, 0, 0], model: 'vision@1' },
				{ id: 'b', tags: ['tag'], embedding: [0, 1, 0], model: 'vision@1' },
				{ id: 'c' },
			],
		});
	});
	after(async () => {
		await engine.close();
		rmSync(folder, { recursive: true, force: true });
	});
	const file = (name: string) => path.join(folder, name);

	async function run(args: string[], input?: string): Promise<Ran> {
		const child = spawn(process.execPath, [MAIN, ...args], {
			cwd: folder,
			env: { ...process.env, SEMANTIC_IMAGE_SEARCH_DATA: engine.dataDir },
			stdio: ['pipe', 'pipe', 'pipe'],
		});
		const ran: Ran = { code: null, out: '', err: '' };
		child.stdout.on('data', (text) => (ran.out += text));
		child.stderr.on('data', (text) => (ran.err += text));
		child.stdin.end(input);
		[ran.code] = (await once(child, 'close')) as [number];
		return ran;
	}
	async function succeeds(...args: string[]): Promise<string> {
		const { code, out, err } = await run(args);
		assert.equal(code, 0, err);
		return out;
	}
	async function fails(args: string[], message: RegExp, input?: string): Promise<Ran> {
		const ran = await run(args, input);
		assert.equal(ran.code, 1, ran.out);
		assert.match(ran.err, message);
		return ran;
	}

	it('export and import: through a file, a zipped one and a pipe, always the same', async () => {
		const piped = await succeeds('export', 'photos');
		assert.equal(piped.trimEnd().split('\n').length, 5);
		await succeeds('export', 'photos', '--out', 'a.jsonl');
		await succeeds('export', 'photos', '--out', 'a.jsonl.gz');
		assert.equal(readFileSync(file('a.jsonl'), 'utf8'), piped);
		assert.equal(gunzipSync(readFileSync(file('a.jsonl.gz'))).toString(), piped);
		for (const name of ['a.jsonl', 'a.jsonl.gz']) {
			assert.match(await succeeds('import', 'copy', name), /^\d created, \d updated, 0 failed/);
			const copy = await succeeds('export', 'copy');
			assert.equal(copy.split('\n')[1], piped.split('\n')[1]);
			await engine.client.dropIndex('copy');
		}
		const { code, out } = await run(['import', 'copy', '-', '--json'], piped);
		assert.equal(code, 0);
		assert.equal((JSON.parse(out) as { created: number }).created, 3);
	});

	it('export overwrites nothing by accident and leaves no half a file', async () => {
		writeFileSync(file('mine.jsonl'), 'mine');
		await fails(['export', 'photos', '--out', 'mine.jsonl'], /exists; add --force/);
		assert.equal(readFileSync(file('mine.jsonl'), 'utf8'), 'mine');
		await fails(['export', 'nowhere', '--out', 'new.jsonl'], /INDEX_NOT_FOUND/);
		assert.deepEqual(
			readdirSync(folder).filter((name) => /new|part/.test(name)),
			[],
		);
		await succeeds('export', 'photos', '--out', 'mine.jsonl', '--force');
		assert.match(readFileSync(file('mine.jsonl'), 'utf8'), /^\{"format"/);
	});

	it('import names bad lines and a file that was cut off, and says so to scripts', async () => {
		const whole = await succeeds('export', 'photos');
		const bad = await fails(
			['import', 'partly', '-'],
			/^line 2 \("x"\): .*titel.* \[BAD_REQUEST\]$/m,
			'{"id":"good"}\n{"id":"x","titel":"y"}\n',
		);
		assert.match(bad.out, /1 created, 0 updated, 1 failed/);
		await fails(['import', 'partly', '-'], /EXPORT_TRUNCATED/, whole.slice(0, -100));
		await fails(['import', 'partly', '-'], /EXPORT_TRUNCATED/, '');
		await succeeds('export', 'photos', '--out', 'cut.gz');
		const bytes = readFileSync(file('cut.gz'));
		writeFileSync(file('cut.gz'), bytes.subarray(0, bytes.length - 30));
		await fails(['import', 'partly', 'cut.gz'], /EXPORT_TRUNCATED/);
		// In one line, not as the stack of a program that broke down.
		await fails(['import', 'partly', 'no-such-file'], /^error: ENOENT.*\n$/);
		await fails(['import', 'partly', '.'], /^error: EISDIR.*\n$/);
		await fails(['import', 'UPPER', '-'], /BAD_INDEX_NAME/, '{"id":"a"}\n');
	});

	it('backup and restore: where they are told, and only there for whoever is elsewhere', async () => {
		const given = await succeeds('backup', 'photos', 'here.db');
		assert.ok(given.startsWith(file('here.db')));
		await fails(['backup', 'photos', 'here.db'], /FILE_EXISTS/);
		const standard = (await succeeds('backup', 'photos')).split(' (')[0]!;
		assert.equal(path.dirname(standard), path.join(engine.dataDir, 'backups'));
		assert.match(path.basename(standard), /^photos-\d{8}T\d{6}Z\.db$/);

		await fails(['restore', 'photos', 'here.db'], /INDEX_EXISTS/);
		assert.match(await succeeds('restore', 'again', 'here.db'), /"again" has 3 photos/);
		await engine.client.remove('again', { ids: ['b'] });
		await succeeds('restore', 'again', path.basename(standard), '--replace');
		assert.equal((await engine.client.stats('again')).photos, 3);
		await fails(['restore', 'new', 'nothing.db'], /BACKUP_NOT_FOUND/);
		writeFileSync(file('text.db'), 'no database, but long enough');
		await fails(['restore', 'new', 'text.db'], /BACKUP_BROKEN/);

		const there = ['--engine', url, '--token', TOKEN];
		await fails(['backup', 'photos', file('there.db'), ...there], /BAD_BACKUP_PATH/);
		assert.ok(!existsSync(file('there.db')));
		await fails(['restore', 'new', '../engine.log', ...there], /BAD_BACKUP_PATH/);
		const named = await succeeds('backup', 'photos', 'named.db', ...there);
		assert.ok(named.startsWith(path.join(engine.dataDir, 'backups', 'named.db')));
		await succeeds('restore', 'new', 'named.db', ...there);
		assert.equal((await engine.client.stats('new')).photos, 3);
	});

	it('verify, optimize and stats tell what they found', async () => {
		assert.match(await succeeds('verify', 'photos'), /^photos: all is well \(3 photos, 2 vectors/);
		const all = JSON.parse(await succeeds('verify', '--json')) as Record<string, object>;
		assert.ok(all['photos']);
		assert.match(await succeeds('optimize', 'photos'), /BEFORE +AFTER\non disk/);
		const stats = await succeeds('stats', 'photos');
		assert.match(stats, /^photos: 3 photos, .* on disk/);
		assert.match(stats, /model +vision@1 +–/);
		assert.match(stats, /vectors +2 × 3 +0/);
		const json = JSON.parse(await succeeds('stats', '--json')) as { name: string }[];
		assert.ok(json.some(({ name }) => name === 'photos'));
		for (const command of ['verify', 'optimize', 'stats'])
			await fails([command, 'nowhere'], /INDEX_NOT_FOUND/);
	});

	it('verify tells what is wrong, with the photos, and says so to scripts', async () => {
		await engine.client.upsert('damaged', {
			images: [{ id: 'a', tags: ['x'], embedding: [1, 0], model: 'v@1' }, { id: 'b' }],
		});
		const db = new DatabaseSync(path.join(engine.dataDir, 'indexes/damaged/photos.db'));
		db.exec("UPDATE vectors SET vector = zeroblob(8); DELETE FROM labels WHERE name = 'x'");
		db.close();
		const { out } = await fails(['verify'], /^$/);
		assert.match(out, /^photos: all is well/m);
		assert.match(out, /^damaged: DAMAGED \(2 photos, 1 vectors, \d+ invariants\)$/m);
		assert.match(out, /^ {2}vector-bytes: .+\n {4}"a"$/m);
		assert.match(out, /^ {2}labels: .+/m);
		const json = await run(['verify', 'damaged', '--json']);
		assert.equal(json.code, 1);
		const { findings } = (
			JSON.parse(json.out) as Record<string, { findings: { invariant: string }[] }>
		)['damaged']!;
		assert.ok(findings.some(({ invariant }) => invariant === 'labels'));
		await engine.client.dropIndex('damaged');
	});

	it('generations changes the model, and refuses to while photos would be lost', async () => {
		const lines = (model: string) =>
			['a', 'b'].map((id) => JSON.stringify({ id, embedding: [1, 1], model })).join('\n');
		await run(['import', 'changing', '-'], lines('old@1'));
		assert.match(
			await succeeds(
				'generations',
				'begin',
				'changing',
				'new@1',
				'--dimension',
				'2',
				'--keep-active',
			),
			/image vectors of new@1 are building: 0 there, 2 photos lack theirs/,
		);
		await fails(['generations', 'activate', 'changing', 'new@1'], /GENERATION_INCOMPLETE/);
		await run(['import', 'changing', '-'], lines('new@1'));
		await succeeds('generations', 'activate', 'changing', 'new@1');
		const list = await succeeds('generations', 'list', 'changing');
		assert.match(list, /image +old@1 +2 +retired +2 +0/);
		assert.match(list, /image +new@1 +2 +active +2 +0/);
		await fails(['generations', 'drop', 'changing', 'new@1'], /GENERATION_IN_USE/);
		await succeeds('generations', 'drop', 'changing', 'old@1');
		assert.match(await succeeds('stats', 'changing'), /model +new@1/);
		await fails(['generations', 'begin', 'changing', 'x@1', '--kind', 'sound'], /image, text/);
	});

	it('explain themselves, and show nobody the token', async () => {
		assert.ok(!(await succeeds('stats', '--help')).includes(TOKEN));
		for (const command of ['export', 'import', 'backup', 'restore', 'verify', 'optimize', 'stats'])
			assert.match(await succeeds(command, '--help'), /Usage: .*\[options\] .*\n\n\w/);
		for (const command of ['list', 'begin', 'activate', 'drop'])
			assert.match(await succeeds('generations', command, '--help'), /<index>/);
	});
});
