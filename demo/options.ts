import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { statSync } from 'node:fs';

export const DEMO_MODEL = 'demo';

export const USAGE = `Usage: npm run demo -- [OPTIONS]

Leaves a real n8n running with this package, its workflows, an S3 server and an indexed gallery.
Ctrl-C ends all of it; the next start finds everything where it was.

  --check        does all of it in a folder of its own, verifies the answers, uploads one more
                 photo and waits until search finds it, ends everything; exit code 0 or 1, and the
                 last line is one line of JSON
  --photos DIR   indexes the JPEGs under DIR instead of the gallery of drawings; the built-in demo
                 model knows drawings only, so use it together with --model
  --model ID     a real model, such as siglip-base-patch16-224: 0.8 GB of download the first time
  --fresh        forgets what earlier starts kept
  --help         this text
`;

export interface DemoOptions {
	check: boolean;
	fresh: boolean;
	/** Absolute; absent for the gallery. */
	photos?: string;
	model: string;
}

/** Says what is wrong with the arguments. */
export class UsageError extends Error {}

/** `undefined` if the user asked for help. Throws {@link UsageError}. */
export function parseOptions(args: string[]): DemoOptions | undefined {
	const values = parse(args);
	if (values.help) return undefined;
	const { check = false, fresh = false, model = DEMO_MODEL } = values;
	if (values.photos === undefined) {
		if (check && model !== DEMO_MODEL) {
			throw new UsageError('--check knows the right answers for the demo model only.');
		}
		return { check, fresh, model };
	}
	if (check) throw new UsageError('--check verifies the gallery, so it takes no --photos.');
	// npm runs scripts in the package's folder and says here where the user was.
	const photos = resolve(process.env.INIT_CWD ?? process.cwd(), values.photos);
	if (!statSync(photos, { throwIfNoEntry: false })?.isDirectory()) {
		throw new UsageError(`--photos: there is no folder ${photos}`);
	}
	return { check, fresh, model, photos };
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			options: {
				check: { type: 'boolean' },
				fresh: { type: 'boolean' },
				photos: { type: 'string' },
				model: { type: 'string' },
				help: { type: 'boolean', short: 'h' },
			},
		}).values;
	} catch (error) {
		throw new UsageError((error as Error).message);
	}
}
