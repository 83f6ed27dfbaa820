/**
 * `npm run pack`: the tarball that `npm install FILE` puts into an n8n, from a fresh clone too.
 */
import { join } from 'node:path';
import { command } from './setup/command.mjs';
import { compile } from './setup/compile.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { ROOT } from './setup/paths.mjs';
import { step } from './setup/step.mjs';

try {
	await installDependencies();
	await compile();
	const said = await step('Packing', (say) =>
		// .npmrc turns scripts off, and with them the check before packing.
		command('npm', ['pack', '--ignore-scripts=false'], { cwd: ROOT, say }),
	);
	console.log(join(ROOT, said.trim().split('\n').at(-1)));
} catch (error) {
	process.stderr.write(`\n${error.message}\n`);
	process.exitCode = 1;
}
