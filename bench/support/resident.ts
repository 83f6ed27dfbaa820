import { readFileSync } from 'node:fs';
import type { EngineClient } from '../../engine/client';

/** Resident set of an engine's process; where there is no /proc, what the engine itself says. */
export async function residentBytes(client: EngineClient, pid: number): Promise<number> {
	try {
		const [, kilobytes] =
			/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
		return Number(kilobytes) * 1024;
	} catch {
		return (await client.health()).rss_bytes;
	}
}
