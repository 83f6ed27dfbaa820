import { execFile } from 'node:child_process';
import path from 'node:path';
import type { RuntimeName } from './runtime';

/** `auto`: native where it works, else WebAssembly. */
export const RUNTIME_SETTINGS = ['auto', 'native', 'wasm'] as const;
export type RuntimeSetting = (typeof RUNTIME_SETTINGS)[number];

export interface RuntimeChoice {
	name: RuntimeName;
	/** Why it is not the native one, as part of a sentence. */
	reason?: string;
}

/** The probe takes a tenth of a second; one that has not ended by now hangs. */
const PROBE_TIMEOUT_MS = 30_000;

export async function chooseRuntime(setting: RuntimeSetting): Promise<RuntimeChoice> {
	if (setting === 'native') return { name: 'native' };
	if (setting === 'wasm') {
		return { name: 'wasm', reason: 'SEMANTIC_IMAGE_SEARCH_RUNTIME is set to wasm' };
	}
	const reason = await whyNotNative();
	return reason === undefined ? { name: 'native' } : { name: 'wasm', reason };
}

/** What a user is told wherever photos are embedded without the native runtime. */
export function runtimeHint({ name, reason }: RuntimeChoice): string | undefined {
	if (name === 'native') return undefined;
	return (
		`Embedding runs on WebAssembly here, several times slower than it could, because ${reason}. ` +
		'For full speed run the engine in a Debian-based container or on a machine with glibc, and point the nodes to it.'
	);
}

/** Undefined where the native runtime works. */
function whyNotNative(): Promise<string | undefined> {
	const script = path.join(__dirname, 'native-probe.js');
	return new Promise((resolve) => {
		execFile(
			process.execPath,
			[script],
			{ timeout: PROBE_TIMEOUT_MS, killSignal: 'SIGKILL', windowsHide: true },
			(error, _stdout, stderr) => {
				if (!error) resolve(undefined);
				else if (typeof error.code === 'string') {
					// No process could be started (EAGAIN, EPERM): nothing speaks against the native runtime.
					resolve(undefined);
				} else if (error.killed) resolve('the native runtime does not answer on this machine');
				else if (error.signal) {
					resolve(`the native runtime crashes on this processor (${error.signal})`);
				} else if (isMusl()) {
					resolve('the native runtime needs glibc and this system has musl (Alpine)');
				} else {
					const words = withoutFolders(stderr.trim().split('\n').at(-1) ?? '').slice(0, 300);
					resolve(`the native runtime cannot be loaded (${words || 'it does not say why'})`);
				}
			},
		);
	});
}

/** The reason is shown in n8n; where the package lies is nobody's business there. */
function withoutFolders(text: string): string {
	return text.replace(/(?:[A-Za-z]:)?(?:[\\/][^\s\\/:()]+)+[\\/]/g, '');
}

export function isMusl(): boolean {
	if (process.platform !== 'linux') return false;
	// Otherwise it looks up names of the network's peers, for seconds on some machines.
	const report = process.report as typeof process.report & { excludeNetwork: boolean };
	report.excludeNetwork = true;
	const { header } = report.getReport() as { header?: { glibcVersionRuntime?: string } };
	return header?.glibcVersionRuntime === undefined;
}
