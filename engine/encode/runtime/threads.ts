import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

export interface Cores {
	/** Logical processors that this process may be scheduled on. */
	logical: number;
	/** Physical cores behind them; undefined where the operating system does not tell. */
	physical: number | undefined;
	/** Cores' worth of time that the container's limit (cgroup) grants; undefined: no limit. */
	quota: number | undefined;
}

/** Reads a file of the system; undefined where it does not exist. */
type Read = (file: string) => string | undefined;

const readSystem: Read = (file) => {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
};

export function cores(): Cores {
	const linux = process.platform === 'linux';
	return {
		logical: availableParallelism(),
		physical: linux ? physicalCores(readSystem) : undefined,
		quota: linux ? cpuQuota(readSystem) : undefined,
	};
}

/**
 * Threads of one inference. Physical cores rather than hyper-threads, as onnxruntime itself does: two
 * threads of one core share the multiplication units that a matrix product keeps busy. Within a
 * limit, since threads beyond it are stopped for the rest of each period, and with them the API.
 */
export function inferenceThreads({ logical, physical, quota }: Cores): number {
	return Math.max(1, Math.min(logical, physical ?? Infinity, Math.round(quota ?? Infinity)));
}

/**
 * Physical cores among the processors that this process may use, from /proc/cpuinfo and the
 * affinity in /proc/self/status. Undefined where cpuinfo names no cores (arm64, some hypervisors).
 */
export function physicalCores(read: Read): number | undefined {
	const allowed = /^Cpus_allowed_list:\s*(\S+)/m.exec(read('/proc/self/status') ?? '')?.[1];
	const isAllowed = allowed === undefined ? () => true : member(allowed);
	const found = new Set<string>();
	for (const block of (read('/proc/cpuinfo') ?? '').split(/\n\s*\n/)) {
		const field = (name: string) => new RegExp(`^${name}\\s*:\\s*(\\d+)$`, 'm').exec(block)?.[1];
		const processor = field('processor');
		if (processor === undefined || !isAllowed(Number(processor))) continue;
		const core = field('core id');
		if (core === undefined) return undefined;
		found.add(`${field('physical id') ?? 0}:${core}`);
	}
	return found.size || undefined;
}

/** @param list the kernel's notation, `0-3,8` */
function member(list: string): (processor: number) => boolean {
	const ranges = list.split(',').map((range) => range.split('-').map(Number));
	return (processor) =>
		ranges.some(([first = NaN, last = first]) => processor >= first && processor <= last);
}

/**
 * The tightest CPU limit from this process' control group up to the root, in cores: cgroup v2
 * (`cpu.max`) or v1 (`cpu.cfs_quota_us`). libuv reads these as well, but misses v1 where the cpu
 * controller is mounted alone (libuv 1.52, measured).
 */
export function cpuQuota(read: Read): number | undefined {
	const groups = (read('/proc/self/cgroup') ?? '').split('\n').map((line) => {
		const [, controllers = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
		return { controllers: controllers.split(','), path };
	});
	const limits: number[] = [];
	for (const line of (read('/proc/self/mountinfo') ?? '').split('\n')) {
		const mount = parseMount(line);
		if (!mount) continue;
		const v2 = mount.type === 'cgroup2';
		if (!v2 && !(mount.type === 'cgroup' && mount.options.includes('cpu'))) continue;
		const group = groups.find(({ controllers }) => controllers.includes(v2 ? '' : 'cpu'));
		if (!group) continue;
		for (const dir of ancestors(mount.point, mount.root, group.path)) {
			const limit = v2
				? parseCpuMax(read(`${dir}/cpu.max`))
				: parseCfs(read(`${dir}/cpu.cfs_quota_us`), read(`${dir}/cpu.cfs_period_us`));
			if (limit !== undefined) limits.push(limit);
		}
	}
	return limits.length > 0 ? Math.min(...limits) : undefined;
}

/** A line of /proc/self/mountinfo (proc(5)): `36 35 98:0 ROOT POINT rw … - TYPE SOURCE OPTIONS` */
function parseMount(line: string) {
	const [front, back] = line.split(' - ');
	const [, , , root, point] = front?.split(' ') ?? [];
	const [type, , options] = back?.split(' ') ?? [];
	if (!root || !point || !type) return undefined;
	return { root, point, type, options: options?.split(',') ?? [] };
}

/** The folder of a group and those above it, as far as the mount shows them. */
function ancestors(point: string, root: string, path: string): string[] {
	// In a container the mount may begin at the container's own group.
	const inside = root === '/' ? path : path.startsWith(root) ? path.slice(root.length) : '/';
	const parts = inside.split('/').filter((part) => part !== '' && part !== '..');
	return Array.from({ length: parts.length + 1 }, (_, i) =>
		[point, ...parts.slice(0, parts.length - i)].join('/'),
	);
}

/** @param text `max 100000` or `150000 100000` */
function parseCpuMax(text: string | undefined): number | undefined {
	const [quota, period] = text?.trim().split(' ').map(Number) ?? [];
	return ratio(quota, period);
}

function parseCfs(quota: string | undefined, period: string | undefined): number | undefined {
	if (quota === undefined || period === undefined) return undefined;
	return ratio(Number(quota), Number(period));
}

/** Without a limit the quota is `max` in v2 and -1 in v1. */
function ratio(quota = NaN, period = NaN): number | undefined {
	return quota > 0 && period > 0 ? quota / period : undefined;
}
