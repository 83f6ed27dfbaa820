import { join } from 'node:path';
import { ROOT } from './root';

// Shared with the set-up scripts for the reason given in step.ts.
// eslint-disable-next-line @typescript-eslint/no-require-imports
export const { withLock } = require(
	join(ROOT, 'scripts', 'setup', 'lock.mjs'),
) as typeof import('../../scripts/setup/lock.mjs');
