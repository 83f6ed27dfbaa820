import { join } from 'node:path';
import { ROOT } from './root';

// One spinner for set-up, demo and bench: set-up runs before anything is compiled, so it is
// JavaScript there and borrowed here.
// eslint-disable-next-line @typescript-eslint/no-require-imports
export const { step, seconds } = require(
	join(ROOT, 'scripts', 'setup', 'step.mjs'),
) as typeof import('../../scripts/setup/step.mjs');
