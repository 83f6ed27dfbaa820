import type { ChannelFindings } from './vectors/vector-channel';
import type { Finding, VectorKind } from './vector-index';

/** Photos that a finding names. */
const MAX_IDS = 100;

/**
 * What comparing memory with the database found, for those who are to do something about it.
 *
 * @param idsOf ids of photos by their keys
 */
export function findingsOf(
	kind: VectorKind,
	{ photos, badLinks, accelerator }: ChannelFindings,
	idsOf: (photos: number[]) => Map<number, string>,
): Finding[] {
	const findings: Finding[] = [];
	if (photos.length > 0) {
		findings.push({
			invariant: 'memory',
			message:
				`${photos.length} ${kind} vectors in memory are not the stored ones. Restart the engine; ` +
				'if it is told again, please report it.',
			ids: [...idsOf(photos.slice(0, MAX_IDS)).values()],
		});
	}
	if (badLinks > 0) {
		findings.push({
			invariant: 'graph',
			message: `The graph of ${kind} vectors has ${badLinks} damaged rows: "optimize" builds it anew.`,
		});
	}
	return [...findings, ...accelerator];
}
