/** `npm run bench -- NAME [ARGS]`: runs `run(args)` of bench/NAME. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

interface Bench {
	run(args: string[]): Promise<void>;
}

const [name = '', ...args] = process.argv.slice(2);
const file = join(__dirname, `${basename(name)}.js`);

async function main(): Promise<void> {
	const bench = existsSync(file) ? ((await import(file)) as Partial<Bench>) : {};
	if (!bench.run) {
		const known = readdirSync(__dirname)
			.filter((entry) => entry.endsWith('.js') && entry !== basename(__filename))
			.map((entry) => entry.slice(0, -'.js'.length));
		process.stderr.write(
			`Usage: npm run bench -- NAME [ARGS]\nNAME is one of: ${known.join(', ')}\n`,
		);
		process.exit(2);
	}
	await bench.run(args);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exit(1);
});
