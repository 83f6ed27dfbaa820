import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cpuQuota, inferenceThreads, physicalCores } from '../../../engine/encode/runtime/threads';

const reading = (files: Record<string, string>) => (file: string) => files[file];

/** Two sockets' worth of /proc/cpuinfo lines: [processor, physical id, core id]. */
function cpuInfo(processors: [number, number, number][]): string {
	return processors
		.map(
			([processor, socket, core]) =>
				`processor\t: ${processor}\nvendor_id\t: GenuineIntel\nphysical id\t: ${socket}\ncore id\t\t: ${core}\nflags\t\t: fpu\n`,
		)
		.join('\n');
}

const V2_MOUNT = '30 23 0:26 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw,nsdelegate';

describe('CPU limit of the control group', () => {
	it('cgroup v2 in a container', () => {
		const files = {
			'/proc/self/cgroup': '0::/\n',
			'/proc/self/mountinfo': V2_MOUNT,
			'/sys/fs/cgroup/cpu.max': '150000 100000\n',
		};
		assert.equal(cpuQuota(reading(files)), 1.5);
	});

	it('cgroup v2: the tightest limit of all levels counts, not the nearest', () => {
		const files = {
			'/proc/self/cgroup': '0::/user.slice/app.scope\n',
			'/proc/self/mountinfo': V2_MOUNT,
			'/sys/fs/cgroup/user.slice/app.scope/cpu.max': '400000 100000',
			'/sys/fs/cgroup/user.slice/cpu.max': '200000 100000',
			'/sys/fs/cgroup/cpu.max': 'max 100000',
		};
		assert.equal(cpuQuota(reading(files)), 2);
	});

	it('cgroup v1, the cpu controller mounted with cpuacct or alone', () => {
		for (const controllers of ['cpu,cpuacct', 'cpu']) {
			const files = {
				'/proc/self/cgroup': `9:memory:/docker/abc\n4:${controllers}:/docker/abc\n0::/\n`,
				'/proc/self/mountinfo': [
					`32 31 0:29 /docker/abc /sys/fs/cgroup/${controllers} ro - cgroup cgroup rw,${controllers}`,
					'31 30 0:28 / /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory',
				].join('\n'),
				[`/sys/fs/cgroup/${controllers}/cpu.cfs_quota_us`]: '50000\n',
				[`/sys/fs/cgroup/${controllers}/cpu.cfs_period_us`]: '100000\n',
			};
			assert.equal(cpuQuota(reading(files)), 0.5);
		}
	});

	it('v1 and v2 at once: the limit is where the controller is', () => {
		const files = {
			'/proc/self/cgroup': '1:cpu:/job\n0::/job\n',
			'/proc/self/mountinfo': [
				'32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu',
				'40 31 0:37 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw',
			].join('\n'),
			'/sys/fs/cgroup/cpu/job/cpu.cfs_quota_us': '300000',
			'/sys/fs/cgroup/cpu/job/cpu.cfs_period_us': '100000',
			'/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1',
			'/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000',
		};
		assert.equal(cpuQuota(reading(files)), 3);
	});

	it('no limit where none is set, nothing is mounted, or the files are odd', () => {
		const base = { '/proc/self/cgroup': '0::/\n', '/proc/self/mountinfo': V2_MOUNT };
		for (const files of [
			{},
			base,
			{ ...base, '/sys/fs/cgroup/cpu.max': 'max 100000' },
			{ ...base, '/sys/fs/cgroup/cpu.max': '' },
			{ ...base, '/proc/self/cgroup': 'nonsense' },
			{ ...base, '/proc/self/cgroup': '0::/../../x', '/sys/fs/cgroup/cpu.max': 'max' },
		]) {
			assert.equal(cpuQuota(reading(files)), undefined);
		}
	});
});

describe('physical cores', () => {
	it('two hyper-threads of a core are one', () => {
		const cpuinfo = cpuInfo([
			[0, 0, 0],
			[1, 0, 1],
			[2, 0, 0],
			[3, 0, 1],
		]);
		assert.equal(physicalCores(reading({ '/proc/cpuinfo': cpuinfo })), 2);
	});

	it('equal core numbers of two sockets are two cores', () => {
		const cpuinfo = cpuInfo([
			[0, 0, 0],
			[1, 1, 0],
		]);
		assert.equal(physicalCores(reading({ '/proc/cpuinfo': cpuinfo })), 2);
	});

	it('only cores that the process may use count', () => {
		const cpuinfo = cpuInfo(
			Array.from({ length: 16 }, (_, i): [number, number, number] => [i, 0, i % 8]),
		);
		const status = 'Name:\tnode\nCpus_allowed:\t0f0f\nCpus_allowed_list:\t0-2,8-10,11\n';
		assert.equal(
			physicalCores(reading({ '/proc/cpuinfo': cpuinfo, '/proc/self/status': status })),
			4,
		);
	});

	it('unknown where cpuinfo names no cores (arm64)', () => {
		const cpuinfo =
			'processor\t: 0\nFeatures\t: fp asimd\n\nprocessor\t: 1\nFeatures\t: fp asimd\n';
		assert.equal(physicalCores(reading({ '/proc/cpuinfo': cpuinfo })), undefined);
		assert.equal(physicalCores(reading({})), undefined);
	});
});

describe('threads of an inference', () => {
	it('fit the cores and the limit, and are never none', () => {
		const threads = (logical: number, physical?: number, quota?: number) =>
			inferenceThreads({ logical, physical, quota });
		assert.equal(threads(8, 4), 4);
		assert.equal(threads(8, 4, 2), 2);
		assert.equal(threads(8, undefined, 1.5), 2);
		assert.equal(threads(2, 2, 0.1), 1);
		assert.equal(threads(1, 2), 1);
		assert.equal(threads(4), 4);
	});
});
