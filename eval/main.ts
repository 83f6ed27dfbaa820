import { writeFileSync } from 'node:fs';
import { evaluateAlbum } from './album/evaluate-album';
import { albumText, makeAlbum } from './album/make';
import { albumTable, failures } from './album/print-album';
import { RefusedInput } from './input';
import { parseOptions, USAGE, type EvalOptions } from './options';
import { evaluatePhotos } from './photos/evaluate-photos';
import { photosTable } from './photos/print-photos';
import { reliabilityDiagram } from './photos/reliability-diagram';

async function main(): Promise<number> {
	const options = parseOptions(process.argv.slice(2));
	if (!options) {
		process.stdout.write(USAGE);
		return 0;
	}
	const say = (lines: string[]) =>
		void (options.json ? process.stderr : process.stdout).write(`${lines.join('\n')}\n`);
	if (options.photos !== undefined)
		return await photos({ ...options, photos: options.photos }, say);
	if (options.album !== undefined) return await album({ ...options, album: options.album }, say);
	if (options.makeAlbum !== undefined) {
		writeFileSync(options.makeAlbum, albumText(makeAlbum(options.seed)));
		return 0;
	}
	throw new RefusedInput('Say what to evaluate.');
}

type Say = (lines: string[]) => void;

async function photos(options: EvalOptions & { photos: string }, say: Say): Promise<number> {
	const report = await evaluatePhotos(options);
	say(photosTable(report));
	if (options.svg) {
		const title = `Reliability of ${report.queries} searches of ${report.photos} photos`;
		writeFileSync(options.svg, reliabilityDiagram(report.reliability, title));
	}
	process.stdout.write(`${JSON.stringify(report)}\n`);
	return 0;
}

async function album(options: EvalOptions & { album: string }, say: Say): Promise<number> {
	const { report, judged } = await evaluateAlbum(options.album);
	say(albumTable(report));
	if (options.verbose) say(['', ...failures(judged)]);
	process.stdout.write(`${JSON.stringify(report)}\n`);
	return 0;
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
