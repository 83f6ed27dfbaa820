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
/** Tried once in vain: npm ci removes it together with the package, and then it is tried again. */
const GIVEN_UP = join(PACKAGE, '.not-built');

/** FAISS is an accelerator: without a compiler or its headers exact search answers. */
export async function buildFaiss() {
	if (needless()) return;
	await withLock(join(ROOT, '.cache', 'faiss.lock'), async () => {
		if (needless()) return;
		const verdict = await step('Building FAISS (optional)', (say) =>
			// It explains every failure in one sentence and ends with 0.
			command(NODE, [SCRIPT], { cwd: ROOT, say }),
		);
		if (existsSync(BINARY)) return;
		writeFileSync(GIVEN_UP, verdict);
		process.stderr.write(`  ${verdict.trim().split('\n').at(-1)}\n`);
	});
}

function needless() {
	return !existsSync(SCRIPT) || !existsSync(PACKAGE) || existsSync(BINARY) || existsSync(GIVEN_UP);
}
