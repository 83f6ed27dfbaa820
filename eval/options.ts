import { parseArgs } from 'node:util';
import { fromUser, RefusedInput } from './input';

export const USAGE = `Usage: npm run eval [-- OPTIONS]

Without --photos, --album and --demo: all that there is data for. The exit code is 1 where a figure is
more than two points worse than in eval/baseline.json.

  --update-baseline    makes the figures of such a run the baseline

  --photos FILE        captions find their photos: each channel alone, the search, rank fusion; and
                       what the search's relevance means
    --queries FILE     other captions of the same photos, in place of all but their first
    --svg FILE         writes the reliability diagram
    --common WORD      instead: finds photos by a word that many of them show, and those without it;
                       several forms of it with commas
    --constants        instead: measures the constants that evidence of vectors rests on
    --dump FILE        writes every photo's raw scores for every caption, a line of JSON each
  --album FILE         words, people, filters and negatives find what they mean in records without
                       vectors
    -v, --verbose      each query that is not answered in full: what was expected, and found
  --demo               the gallery of drawings with the demo model, through the whole engine
  --make-album FILE    writes an album; eval/album/album.json is that of seed 1
    --seed N           another one, to see whether a search is fitted to the first
  --json               tables go to stderr
  --help               this text

The last line of stdout is one line of JSON. docs/evaluation.md says what the figures mean, and how
a file must look.
`;

export interface EvalOptions {
	photos?: string;
	queries?: string;
	svg?: string;
	dump?: string;
	/** Forms of a word. */
	common?: string[];
	constants: boolean;
	album?: string;
	verbose: boolean;
	demo: boolean;
	makeAlbum?: string;
	seed?: number;
	updateBaseline: boolean;
	json: boolean;
}

const JOBS = ['photos', 'album', 'demo', 'make-album', 'update-baseline'] as const;
/** Options that say more about another one. */
const BELONGS = [
	...([
		['queries', 'photos'],
		['svg', 'photos'],
		['dump', 'photos'],
		['common', 'photos'],
		['constants', 'photos'],
	] as const),
	...([
		['verbose', 'album'],
		['seed', 'make-album'],
	] as const),
] as const;

/** `undefined` if the user asked for help. @throws RefusedInput */
export function parseOptions(args: string[]): EvalOptions | undefined {
	const values = parse(args);
	if (values.help) return undefined;
	for (const [name, owner] of BELONGS) {
		if (values[name] !== undefined && values[owner] === undefined) {
			throw new RefusedInput(`--${name} goes with --${owner}`);
		}
	}
	const jobs = JOBS.filter((name) => values[name] !== undefined);
	if (jobs.length > 1) {
		throw new RefusedInput(`One at a time: --${jobs.join(' or --')}`);
	}
	const file = (path: string | undefined) => (path === undefined ? undefined : fromUser(path));
	const seed = values.seed === undefined ? undefined : Number(values.seed);
	if (seed !== undefined && (!Number.isSafeInteger(seed) || seed < 1)) {
		throw new RefusedInput(`--seed is "${values.seed}", but must be a whole number from 1`);
	}
	return {
		photos: file(values.photos),
		queries: file(values.queries),
		svg: file(values.svg),
		dump: file(values.dump),
		common: values.common?.split(','),
		constants: values.constants ?? false,
		album: file(values.album),
		demo: values.demo ?? false,
		updateBaseline: values['update-baseline'] ?? false,
		makeAlbum: file(values['make-album']),
		seed,
		verbose: values.verbose ?? false,
		json: values.json ?? false,
	};
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			options: {
				photos: { type: 'string' },
				queries: { type: 'string' },
				svg: { type: 'string' },
				dump: { type: 'string' },
				common: { type: 'string' },
				constants: { type: 'boolean' },
				album: { type: 'string' },
				demo: { type: 'boolean' },
				'update-baseline': { type: 'boolean' },
				verbose: { type: 'boolean', short: 'v' },
				'make-album': { type: 'string' },
				seed: { type: 'string' },
				json: { type: 'boolean' },
				help: { type: 'boolean', short: 'h' },
			},
		}).values;
	} catch (error) {
		throw new RefusedInput((error as Error).message);
	}
}
