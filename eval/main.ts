import { writeFileSync } from 'node:fs';
import { evaluateAlbum } from './album/evaluate-album';
import { albumText, makeAlbum } from './album/make';
import { albumTable, failures } from './album/print-album';
import { demoTable, evaluateDemo } from './demo/evaluate-demo';
import { evaluateAll, readBaseline, updateBaseline } from './evaluate-all';
import { fallen, watched } from './gate';
import { RefusedInput } from './input';
import { parseOptions, USAGE, type EvalOptions } from './options';
import { evaluateCommon } from './photos/evaluate-common';
import { evaluatePhotos } from './photos/evaluate-photos';
import { measureConstants } from './photos/measure-constants';
import { commonTable } from './photos/print-common';
import { constantsTable } from './photos/print-constants';
import { photosTable } from './photos/print-photos';
import { reliabilityDiagram } from './photos/reliability-diagram';

type Say = (lines: string[]) => void;

async function main(): Promise<number> {
	const options = parseOptions(process.argv.slice(2));
	if (!options) {
		process.stdout.write(USAGE);
		return 0;
	}
	if (options.makeAlbum !== undefined) {
		writeFileSync(options.makeAlbum, albumText(makeAlbum(options.seed)));
		return 0;
	}
	const say: Say = (lines) =>
		void (options.json ? process.stderr : process.stdout).write(`${lines.join('\n')}\n`);
	const { report, isGood } = await evaluate(options, say);
	process.stdout.write(`${JSON.stringify(report)}\n`);
	return isGood ? 0 : 1;
}

async function evaluate(
	options: EvalOptions,
	say: Say,
): Promise<{ report: object; isGood: boolean }> {
	if (options.photos !== undefined && options.common !== undefined) {
		const report = await evaluateCommon({ photos: options.photos, words: options.common });
		say(commonTable(report));
		return { report, isGood: true };
	}
	if (options.photos !== undefined && options.constants) {
		const report = await measureConstants(options.photos);
		say(constantsTable(report));
		return { report, isGood: true };
	}
	if (options.photos !== undefined) {
		const report = await evaluatePhotos({ ...options, photos: options.photos });
		say(photosTable(report));
		if (options.svg) {
			const title = `Reliability of ${report.queries} searches of ${report.photos} photos`;
			writeFileSync(options.svg, reliabilityDiagram(report.reliability, title));
		}
		return { report, isGood: true };
	}
	if (options.album !== undefined) {
		const { report, judged } = await evaluateAlbum(options.album);
		if (options.verbose) say([...failures(judged), '']);
		say(albumTable(report));
		return { report, isGood: true };
	}
	if (options.demo) {
		const { report, answers } = await evaluateDemo();
		say(demoTable(report, answers));
		return { report, isGood: true };
	}
	const reports = await evaluateAll(say);
	if (options.updateBaseline) updateBaseline(reports);
	const worse = fallen(watched(reports), readBaseline());
	say(['', ...(worse.length > 0 ? worse : ['Nothing is worse than the baseline.'])]);
	return { report: { eval: 'all', ...reports, worse }, isGood: worse.length === 0 };
}

main().then(
	(code) => (process.exitCode = code),
	(error: unknown) => {
		const refused = error instanceof RefusedInput;
		process.stderr.write(
			`${refused ? error.message : ((error as Error).stack ?? String(error))}\n`,
		);
		process.exitCode = refused ? 2 : 1;
	},
);
