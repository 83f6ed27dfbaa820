import { join } from 'node:path';
import { WorkerClient } from '../../worker-rpc';
import type { Finding, Verification } from '../vector-index';
import type { VerifyHandlers } from './verify-worker';

/** Looks at every invariant of a database from a thread of its own; changes nothing. */
export async function verifyCatalogue(
	file: string,
	onProgress?: (done: number, of: number) => void,
): Promise<Verification> {
	const worker = new WorkerClient<VerifyHandlers>(join(__dirname, 'verify-worker.js'), {
		workerData: file,
		restart: false,
	});
	try {
		const { photos, vectors, checks } = await worker.call('open', undefined);
		const of = checks.length + vectors;
		const findings: Finding[] = [];
		let done = 0;
		for (const check of checks) {
			findings.push(...(await worker.call('check', check)));
			onProgress?.(++done, of);
		}
		for (let after = -1; ; ) {
			const page = await worker.call('vectors', after);
			findings.push(...page.findings);
			done += page.seen;
			onProgress?.(Math.min(done, of), of);
			if (page.last === undefined) break;
			after = page.last;
		}
		return { photos, vectors, checked: [...checks, 'vector-bytes'], findings: joined(findings) };
	} finally {
		await worker.close();
	}
}

const MAX_IDS = 100;

/** One finding for each thing that is wrong, however many pages it was found on. */
function joined(findings: Finding[]): Finding[] {
	const byMessage = new Map<string, Finding>();
	for (const finding of findings) {
		const same = byMessage.get(finding.message);
		if (!same) byMessage.set(finding.message, { ...finding });
		else same.ids = [...(same.ids ?? []), ...(finding.ids ?? [])];
	}
	return [...byMessage.values()].map(({ ids, ...finding }) =>
		ids ? { ...finding, ids: ids.slice(0, MAX_IDS) } : finding,
	);
}
