import { EngineError } from '../../errors';

/** More photos than any index holds, and twice of it still fits into 32 bits. */
const ALL = 1e9;

/**
 * A limit as SQLite and our kernels take it, a whole number from 0: fractions are rounded down, and
 * infinitely many are all there are. Throws `BAD_REQUEST` for what is no number.
 */
export function limitOf(limit: number): number {
	if (typeof limit !== 'number' || Number.isNaN(limit)) {
		throw new EngineError('BAD_REQUEST', 'The limit is no number; say how many you want.');
	}
	return Math.min(ALL, Math.max(0, Math.floor(limit)));
}
