import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { reliabilityDiagram } from '../../eval/photos/reliability-diagram';
import { ROOT } from '../harness/root';

const folder = mkdtempSync(join(tmpdir(), 'eval-cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** With the user in `folder`, as npm says it. */
function run(...args: string[]) {
	const command = [join(ROOT, 'dist', 'eval', 'main.js'), ...args];
	const env = { ...process.env, INIT_CWD: folder };
	return spawnSync(process.execPath, command, { encoding: 'utf8', timeout: 60_000, env });
}

const ALBUM = {
	records: [{ id: 'a', title: 'A dog' }],
	queries: [{ q: 'dog', relevant: ['a'] }],
};

describe('npm run eval', () => {
	it('with --json leaves nothing but one line of JSON on stdout, or no program could read it', () => {
		writeFileSync(join(folder, 'album.json'), JSON.stringify(ALBUM));
		const { stdout, stderr, status } = run('--album', 'album.json', '--json');
		assert.equal(status, 0, stderr);
		const report = JSON.parse(stdout) as Record<string, unknown>;
		assert.deepEqual(
			[report['eval'], report['precision'], report['recall'], report['violations']],
			['album', 1, 1, 0],
		);
		assert.match(stderr, /precision/);
	});

	it('ends with a line of JSON below the tables', () => {
		writeFileSync(join(folder, 'album.json'), JSON.stringify(ALBUM));
		const lines = run('--album', 'album.json').stdout.trimEnd().split('\n');
		assert.ok(lines.length > 2);
		assert.equal((JSON.parse(lines.at(-1)!) as { eval: string }).eval, 'album');
	});

	it('writes another album for another seed', () => {
		assert.equal(run('--make-album', 'other.json', '--seed', '5').status, 0);
		const { records } = JSON.parse(
			readFileSync(join(folder, 'other.json'), 'utf8'),
		) as typeof ALBUM;
		assert.ok(records.length >= 300);
	});

	const refusals: [args: string[], message: RegExp][] = [
		[['--album', 'none.json'], /There is no file .*none\.json/],
		[['--queries', 'album.json'], /--queries goes with --photos/],
		[['--photos', 'a', '--album', 'b'], /One at a time/],
		[['--make-album', 'a', '--seed', 'x'], /--seed is "x"/],
		[['--everything'], /Unknown option '--everything'/],
	];
	for (const [args, message] of refusals) {
		it(`says in one sentence what is wrong with ${args.join(' ')}`, () => {
			const { stderr, stdout, status } = run(...args);
			assert.deepEqual([status, stdout], [2, '']);
			assert.match(stderr, message);
			assert.doesNotMatch(stderr, /\n\s+at /);
		});
	}
});

describe('the reliability diagram', () => {
	it('has a mark for each bin, and a title that cannot break it', () => {
		const bin = { from: 0.4, to: 0.5, count: 3, relevance: 0.45, right: 0.5 };
		const svg = reliabilityDiagram({ ece: 0.05, eceFirst: 0, bins: [bin, bin] }, '"<&>"');
		assert.equal(svg.match(/<circle/g)?.length, 2);
		assert.match(svg, /aria-label="&#34;&#60;&#38;&#62;&#34;"/);
	});
});
