/** Preloaded into a process and its threads: while the file CLOCK_WENT_BACK is there, it is a year ago. */
import { existsSync } from 'node:fs';

const YEAR_MS = 365 * 24 * 3_600_000;
const file = process.env['CLOCK_WENT_BACK']!;
const RealDate = Date;
const now = () => RealDate.now() - (existsSync(file) ? YEAR_MS : 0);

globalThis.Date = new Proxy(RealDate, {
	construct: (target, args: []) => (args.length > 0 ? new target(...args) : new target(now())),
	apply: () => new RealDate(now()).toString(),
	get: (target, key: keyof DateConstructor) => (key === 'now' ? now : target[key]),
});
