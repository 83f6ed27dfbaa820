import type { Entry } from './calls';
import { GROUPS } from './workload';

/** A photo of one version, the same in every run; every third one owes its text vector. */
export function plainPhoto(n: number): Entry {
	const id = `plain-${String(n).padStart(5, '0')}`;
	return {
		...{ id, title: `word${n} of a plain photo`, tags: [`group${n % GROUPS}`, 'plain'] },
		metadata: { n, camera: `camera ${n % 3}` },
		image: { key: `image ${id}`, model: 'vision@1', dimension: 32 },
		...(n % 3 === 2 ? {} : { text: { key: `text ${id}`, model: 'words@1', dimension: 24 } }),
	};
}
