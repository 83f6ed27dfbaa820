/**
 * `npm run torture -- --kills N`: kills writers of an index with signal 9 at random moments and looks
 * whether anything that was acknowledged is missing.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { INDEX_TYPES } from './index-types';
import { Mismatch } from './mismatch';
import { Random } from './random';
import { summaryOf, tableOf } from './report';
import { Torturer, type Outcome } from './torturer';

const HELP = `Usage: npm run torture -- [OPTIONS]

  --kills N        how many writers are killed (200)
  --photos N       about how many photos the index holds (400)
  --type T         only this way of searching: flat, graph or faiss (all there are, in turn)
  --seed S         of what is written and of the moments of the kills (new in every run)

The last line is JSON.
`;

interface Options {
	kills: number;
	photos: number;
	type: string | undefined;
	seed: string;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			kills: { type: 'string', default: '200' },
			photos: { type: 'string', default: '400' },
			type: { type: 'string' },
			seed: { type: 'string', default: Date.now().toString(36) },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	if (values.help) return print(HELP.trimEnd());
	const { type, seed } = values;
	const options: Options = { kills: count(values.kills), photos: count(values.photos), type, seed };
	const folder = mkdtempSync(join(tmpdir(), 'torture-'));
	const outcomes: Outcome[] = [];
	try {
		await torture(options, folder, outcomes);
		rmSync(folder, { recursive: true, force: true });
		print(tableOf(outcomes));
		print(summaryOf(options, outcomes));
	} catch (error) {
		const again = `--kills ${options.kills} --photos ${options.photos} --seed ${seed}`;
		print(error instanceof Error ? String(error.stack) : String(error));
		print(
			`What was there is kept in ${folder}: data as the check left it, before-restart as the kill.`,
		);
		print(`Again: npm run torture -- ${again}${type ? ` --type ${type}` : ''}`);
		const damage = error instanceof Mismatch ? error.damage : undefined;
		print(summaryOf(options, outcomes, { damage }));
		process.exitCode = 1;
	}
}

async function torture(
	{ kills, photos, type, seed }: Options,
	folder: string,
	outcomes: Outcome[],
): Promise<void> {
	const types = INDEX_TYPES.filter(({ name }) => type === undefined || name === type);
	if (types.length === 0) throw new Error(`There is no type ${type} here.`);
	print(`seed ${seed}`);
	for (const [i, one] of types.entries()) {
		const started = performance.now();
		const own = join(folder, one.name);
		mkdirSync(own);
		const random = new Random(`${seed} ${one.name}`);
		const torturer = new Torturer({ type: one, folder: own, photos, random });
		// So that the shares add up.
		const upTo = (n: number) => Math.floor((n * kills) / types.length);
		const share = upTo(i + 1) - upTo(i);
		try {
			for (let n = 0; n < share; n++) await torturer.kill(one.phases[n % one.phases.length]!);
			outcomes.push(await torturer.finish());
		} finally {
			await torturer.abandon();
		}
		const seconds = ((performance.now() - started) / 1000).toFixed(0);
		print(`${one.name}: ${share} kills in ${seconds} s`);
	}
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}

function count(text: string): number {
	const n = Number(text);
	if (Number.isSafeInteger(n) && n > 0) return n;
	process.stderr.write(`"${text}" is not a number of something.\n\n${HELP}`);
	process.exit(2);
}

void main();
