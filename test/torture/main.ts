/**
 * `npm run torture -- --kills N`: kills writers of an index with signal 9 at random moments and looks
 * whether anything that was acknowledged is missing.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ImportTorturer } from './import';
import { indexTypes } from './index-types';
import { MigrationTorturer } from './migration';
import { Mismatch } from './mismatch';
import type { Outcome, Series } from './outcome';
import { Random } from './random';
import { summaryOf, tableOf } from './report';
import { RestoreTorturer } from './restore';
import { Torturer } from './torturer';

const HELP = `Usage: npm run torture -- [OPTIONS]

  --kills N        how many writers are killed (200)
  --photos N       about how many photos the index holds (400)
  --type T         only flat, graph, faiss (ways of searching), migration, import or restore (all, in
                   turn)
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
	const all = allSeries(photos);
	const chosen = all.filter(({ name }) => type === undefined || name === type);
	if (chosen.length === 0) {
		throw new Error(`There is no ${type} here, only ${all.map(({ name }) => name).join(', ')}.`);
	}
	print(`seed ${seed}`);
	const weights = chosen.reduce((sum, { weight }) => sum + weight, 0);
	let before = 0;
	let done = 0;
	for (const { name, weight, begin } of chosen) {
		const started = performance.now();
		const own = join(folder, name);
		mkdirSync(own);
		const series = begin(own, new Random(`${seed} ${name}`));
		// So that the shares add up.
		const until = Math.round(((before += weight) / weights) * kills);
		const share = until - done;
		try {
			for (; done < until; done++) await series.kill();
			outcomes.push(await series.finish());
		} finally {
			await series.abandon();
		}
		const seconds = ((performance.now() - started) / 1000).toFixed(0);
		print(`${name}: ${share} kills in ${seconds} s`);
	}
}

interface ChosenSeries {
	name: string;
	/** Of the kills, beside the others'. */
	weight: number;
	begin(folder: string, random: Random): Series;
}

function allSeries(photos: number): ChosenSeries[] {
	const series = indexTypes().map((type): ChosenSeries => {
		const begin = (folder: string, random: Random) =>
			new Torturer({ type, folder, photos, random });
		return { name: type.name, weight: 4, begin };
	});
	const larger = { photos: 3 * photos };
	return [
		...series,
		{
			...{ name: 'migration', weight: 1 },
			begin: (folder, random) => new MigrationTorturer({ folder, random, ...larger }),
		},
		{
			...{ name: 'import', weight: 1 },
			begin: (folder, random) => new ImportTorturer({ folder, random, ...larger }),
		},
		{
			...{ name: 'restore', weight: 1 },
			begin: (folder, random) => new RestoreTorturer({ folder, random, ...larger }),
		},
	];
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
