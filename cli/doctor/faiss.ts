import { installation, type Installation } from '../../engine/index/faiss/installation';
import { FaissProcess } from '../../engine/index/faiss/process';

export interface FaissReport extends Installation {
	/** Whether it was loaded, in a process of its own as the engine does it. */
	loads: boolean;
}

/** FAISS as an engine on this machine, from this package, would find it. */
export async function inspectFaiss(): Promise<FaissReport> {
	const found = installation();
	if (found.binary === 'none') return { ...found, loads: false };
	const faiss = new FaissProcess();
	const release = faiss.retain(() => {});
	try {
		await faiss.probe();
		return { ...found, loads: true };
	} catch (error) {
		const reason = faiss.broken ?? (error instanceof Error ? error.message : String(error));
		return { ...found, loads: false, reason };
	} finally {
		await release();
	}
}

/** Whether it is there, from where, and whether that matters. */
export function faissLines({ binary, library, loads, reason }: FaissReport): string[] {
	const origin = {
		prebuilt: 'fetched prebuilt',
		compiled: `compiled here against libfaiss ${library}`,
		installed: 'installed by npm or by hand',
		none: 'absent',
	}[binary];
	const state = loads
		? `${origin}; it loads`
		: `${binary === 'none' ? '' : `${origin}; `}${reason}`;
	return [state, 'not needed: indexes keep a graph of their own unless FAISS is asked for'];
}
