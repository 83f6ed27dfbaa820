import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** What matters to a matrix product, under one name on every platform. */
const CPU_FEATURES = [
	'avx2',
	'fma',
	'avx_vnni',
	'avx512f',
	'avx512_vnni',
	'avx512_bf16',
	'amx_int8',
	'neon',
	'dotprod',
	'i8mm',
	'bf16',
	'sve',
] as const;
export type CpuFeature = (typeof CPU_FEATURES)[number];

export interface Cpu {
	model: string;
	/** Undefined where the operating system does not tell. */
	features: CpuFeature[] | undefined;
}

/** The kernel's names where they differ from ours: arm64 (asimd…) and Apple's sysctl. */
const ALIASES: Record<string, CpuFeature> = {
	asimd: 'neon',
	asimddp: 'dotprod',
	AdvSIMD: 'neon',
	avx512vnni: 'avx512_vnni',
	FEAT_DotProd: 'dotprod',
	FEAT_I8MM: 'i8mm',
	FEAT_BF16: 'bf16',
};

let known: Cpu | undefined;

/** The processor of this machine; asked for once. */
export function cpu(): Cpu {
	return (known ??= { model: cpus()[0]?.model.trim() || 'unknown', features: features() });
}

function features(): CpuFeature[] | undefined {
	try {
		if (process.platform === 'linux') return parseCpuInfo(readFileSync('/proc/cpuinfo', 'utf8'));
		if (process.platform === 'darwin') {
			// Absent keys make the exit code 1, and the tree as a whole exists on both kinds of Mac.
			const names = ['hw.optional', 'machdep.cpu.features', 'machdep.cpu.leaf7_features'];
			const texts = names.map((name) => {
				try {
					return execFileSync('/usr/sbin/sysctl', [name], { encoding: 'utf8', timeout: 2_000 });
				} catch {
					return '';
				}
			});
			return parseSysctl(texts.join('\n'));
		}
	} catch {
		// Not told: callers assume the least.
	}
	return undefined;
}

/**
 * @param text /proc/cpuinfo of x86-64 (`flags`) or arm64 (`Features`)
 * @returns what every core has; undefined where neither line is there
 */
export function parseCpuInfo(text: string): CpuFeature[] | undefined {
	const lines = [...text.matchAll(/^(?:flags|Features)\s*:\s*(.*)$/gm)];
	if (lines.length === 0) return undefined;
	const cores = lines.map(([, flags = '']) => new Set(flags.trim().split(/\s+/).map(canonical)));
	// big.LITTLE: code may run on any core.
	return CPU_FEATURES.filter((feature) => cores.every((core) => core.has(feature)));
}

/** @param text `sysctl hw.optional machdep.cpu.features machdep.cpu.leaf7_features` */
export function parseSysctl(text: string): CpuFeature[] | undefined {
	const names = new Set<string>();
	for (const [, key = '', value = ''] of text.matchAll(/^([\w.]+): (.*)$/gm)) {
		if (key.startsWith('hw.optional.')) {
			if (value.trim() === '1') names.add(canonical(key.split('.').at(-1)!));
		} else {
			for (const name of value.trim().split(/\s+/)) names.add(canonical(name.toLowerCase()));
		}
	}
	return names.size > 0 ? CPU_FEATURES.filter((feature) => names.has(feature)) : undefined;
}

function canonical(name: string): string {
	return ALIASES[name] ?? name;
}
