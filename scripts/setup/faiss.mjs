import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.mjs';
import { NODE } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { ROOT } from './paths.mjs';
import { step } from './step.mjs';

const SCRIPT = join(ROOT, 'scripts', 'build-faiss.mjs');
const PACKAGE = join(ROOT, 'node_modules', 'faiss-node');
const BINARY = join(PACKAGE, 'build', 'Release', 'faiss-node.node');
/** Tried once and failed: npm ci removes it together with the package, and then it is tried again. */
const GIVEN_UP = join(PACKAGE, '.not-built');

/** FAISS is an accelerator: without a compiler or its headers exact search answers. */
export async function buildFaiss() {
	if (needless()) return;
	await withLock(join(ROOT, '.cache', 'faiss.lock'), async () => {
		if (needless()) return;
		try {
			await step('Building FAISS', (say) => command(NODE, [SCRIPT], { cwd: ROOT, say }));
		} catch (error) {
			writeFileSync(GIVEN_UP, error.message);
			process.stderr.write(
				`  Going on without FAISS: exact search answers. Why: ${GIVEN_UP}\n`,
			);
		}
	});
}

function needless() {
	return (
		!existsSync(SCRIPT) || !existsSync(PACKAGE) || existsSync(BINARY) || existsSync(GIVEN_UP)
	);
}
