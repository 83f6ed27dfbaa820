/** `npm run golden -- --data DIR`: the product's tokens, pixels and vectors against a reference's. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkGolden, MIN_REFERENCE_COSINE, type Row } from './check';
import { formatTable } from '../../cli/table';
import { findGolden } from './golden-folder';
import { PhotoFinder } from './photo-finder';

const HELP = `Usage: npm run golden -- --data DIR [--photos DIR]

Checks a folder of reference outputs through the code that the engine runs:

  expected.json       {text: [{text, input_ids, embedding}], image: [{file, embedding}]}
  NAME/               the model: hub layout (onnx/) or Immich's (visual/, textual/); each one found
                      must reproduce expected.json. A NAME/ with an expected.json of its own is
                      checked against that one.
  resize/*.png        PHOTO_SIZE_FILTER.png; FILTER is bicubic or bilinear (squashed), or clipcrop
                      (shortest side bicubic, centre crop; odd margins as the folder's CLIP model
                      rounds them, without one as either transformers or open_clip does)

Photos: the path in expected.json is taken from --photos, DIR, DIR's parent and the folder that
SHARED_DATA names, or shared/data beside the clone; the first that has it. A PNG's PHOTO is a file name
with or without its extension: first among the photos of expected.json, then in the same places, three
folders deep; of several the one that fits.

Prints a table, what is wrong, and last a line of JSON; a part that DIR does not have is null there.
Exit code 1 if a token id differs, a cosine is below ${MIN_REFERENCE_COSINE},
a pixel differs, or a case could not be checked; 2 if there is nothing to check.
`;

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			data: { type: 'string' },
			photos: { type: 'string' },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	if (values.help || !values.data) {
		process[values.help ? 'stdout' : 'stderr'].write(HELP);
		return values.help ? 0 : 2;
	}
	const rows: Row[] = [];
	const failures: string[] = [];
	for (const golden of findGolden(values.data)) {
		const photos = new PhotoFinder(golden.dir, values.photos);
		rows.push(...(await checkGolden(golden, photos)));
		const wanted = (golden.texts?.length ?? 0) + (golden.images?.length ?? 0);
		if (wanted > 0 && golden.models.length === 0) {
			failures.push(`${golden.dir} has an expected.json but no model folder (onnx/, or visual/).`);
		}
		for (const name of golden.unknown) {
			failures.push(`resize/${name}: the name is not PHOTO_SIZE_FILTER.png`);
		}
	}
	failures.push(...rows.flatMap((row) => row.failures));
	printTable(rows);
	for (const failure of failures) process.stdout.write(`  ✗ ${failure}\n`);

	const ok = failures.length === 0 && rows.some(({ checked }) => checked > 0);
	const result = {
		golden: ok,
		tokenMismatches: total(rows, 'tokens'),
		minCosine: worst(rows, ['text', 'image'], Math.min),
		pixelMaxDiff: worst(rows, ['pixels'], Math.max),
		data: path.resolve(values.data),
		checked: Object.fromEntries(
			(['tokens', 'text', 'image', 'pixels'] as const).map((part) => [
				part,
				rows.filter((row) => row.part === part).reduce((sum, row) => sum + row.checked, 0),
			]),
		),
		failures: failures.length,
	};
	process.stdout.write(`${JSON.stringify(result)}\n`);
	return ok ? 0 : 1;
}

function total(rows: Row[], part: Row['part']): number | null {
	const values = rows.flatMap((row) => (row.part === part && row.checked > 0 ? [row.worst!] : []));
	return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}

function worst(
	rows: Row[],
	parts: Row['part'][],
	of: (...values: number[]) => number,
): number | null {
	const values = rows.flatMap(({ part, worst }) =>
		parts.includes(part) && worst !== undefined ? [worst] : [],
	);
	return values.length === 0 ? null : of(...values);
}

function printTable(rows: Row[]): void {
	const cells = rows.map(({ subject, part, checked, worst, worstCase, failures }) => [
		subject,
		part,
		String(checked),
		worst === undefined
			? '–'
			: part === 'tokens' || part === 'pixels'
				? String(worst)
				: worst.toFixed(8),
		failures.length === 0 ? 'ok' : 'FAILED',
		shorten(worstCase ?? ''),
	]);
	const header = ['model or size', 'part', 'checked', 'worst', '', 'worst case'];
	for (const line of formatTable([header, ...cells]))
		process.stdout.write(`${line}
`);
}

function shorten(text: string): string {
	return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

main().then(
	(code) => {
		process.exitCode = code;
	},
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 2;
	},
);
