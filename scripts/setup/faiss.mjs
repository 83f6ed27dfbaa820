import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.mjs';
import { NODE } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { ROOT } from './paths.mjs';
import { step } from './step.mjs';

const SCRIPT = join(ROOT, 'scripts', 'build-faiss.mjs');
const PACKAGE = join(ROOT, 'node_modules', 'faiss-node');
const BINARY = join(PACKAGE, 'build', 'Release', 'faiss-node.node');
/**
 * The script's note of how it went. After a failure it is not tried again until npm ci removes the
 * note together with the package.
 */
const NOTE = join(PACKAGE, 'build', 'faiss-build.json');

/** FAISS is one of two accelerators, and the other one is always there. */
export async function buildFaiss() {
	if (needless()) return;
	await withLock(join(ROOT, '.cache', 'faiss.lock'), async () => {
		if (needless()) return;
		const verdict = await step('Building FAISS (optional)', (say) =>
			// It explains every failure and ends with 0.
			command(NODE, [SCRIPT], { cwd: ROOT, say }),
		);
		if (existsSync(BINARY)) return;
		process.stderr.write(verdict.replaceAll(/^(?=.)/gm, '  '));
	});
}

function needless() {
	return !existsSync(SCRIPT) || !existsSync(PACKAGE) || existsSync(BINARY) || existsSync(NOTE);
}
