import { readFileSync } from 'node:fs';
import type { EngineClient } from '../../engine/client';

/**
 * Resident set of an engine's process; where there is no /proc, what the engine itself says.
 *
 * @param fields of /proc/PID/status, added up
 */
export async function residentBytes(
	client: EngineClient,
	pid: number,
	fields: readonly string[] = ['VmRSS'],
): Promise<number> {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		const kilobytes = fields.map((field) =>
			Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)![1]),
		);
		return kilobytes.reduce((sum, value) => sum + value, 0) * 1024;
	} catch {
		return (await client.health()).rss_bytes;
	}
}
