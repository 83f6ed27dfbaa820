import { parseArgs } from 'node:util';
import { fromUser, RefusedInput } from './input';

export const USAGE = `Usage: npm run eval [-- OPTIONS]

Without one of the first three: all that is there, and the exit code is 1 where a figure is more than
two points below eval/baseline.json.

  --photos FILE        captions find their photos: each channel alone, the search, rank fusion; and
                       what the search's relevance means
    --queries FILE     other captions of the same photos, in place of all but their first
    --svg FILE         writes the reliability diagram
    --dump FILE        writes every photo's raw scores for every caption, a line of JSON each
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
	json: boolean;
}

/** `undefined` if the user asked for help. @throws RefusedInput */
export function parseOptions(args: string[]): EvalOptions | undefined {
	const { help, json = false, ...values } = parse(args);
	if (help) return undefined;
	for (const name of ['queries', 'svg', 'dump'] as const) {
		if (values[name] !== undefined && values.photos === undefined) {
			throw new RefusedInput(`--${name} goes with --photos`);
		}
	}
	const files = Object.entries(values).map(([name, file]) => [name, fromUser(file as string)]);
	return { json, ...(Object.fromEntries(files) as Partial<EvalOptions>) };
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
				json: { type: 'boolean' },
				help: { type: 'boolean', short: 'h' },
			},
		}).values;
	} catch (error) {
		throw new RefusedInput((error as Error).message);
	}
}
