import { readdirSync, readFileSync } from 'node:fs';

/** Megabytes (2²⁰ bytes) of this process and the processes it started. */
export interface Memory {
	/**
	 * What is nobody else's and in no file: RssAnon and RssShmem of /proc/PID/status; where there is
	 * no /proc, all that is resident.
	 */
	ownMb: number;
	/** All that is resident, pages of files included. */
	rssMb: number;
	source: 'RssAnon+RssShmem' | 'process.memoryUsage';
}

/** After a garbage collection, if Node was started with --expose-gc. */
export function memory(): Memory {
	globalThis.gc?.();
	const family = familyOf(process.pid);
	if (family.length === 0) {
		const rssMb = process.memoryUsage().rss / 2 ** 20;
		return { ownMb: rssMb, rssMb, source: 'process.memoryUsage' };
	}
	let own = 0;
	let all = 0;
	for (const pid of family) {
		const status = read(`/proc/${pid}/status`);
		own += kilobytes(status, 'RssAnon') + kilobytes(status, 'RssShmem');
		all += kilobytes(status, 'VmRSS');
	}
	return { ownMb: own / 1_024, rssMb: all / 1_024, source: 'RssAnon+RssShmem' };
}

/** Of /proc/PID/stat, whatever the kernel's own tick is. */
const TICKS_PER_S = 100;

/** Processor time that this process and those it started have used so far. */
export function cpuSeconds(): number {
	const family = familyOf(process.pid);
	if (family.length === 0) {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1e6;
	}
	let ticks = 0;
	for (const pid of family) {
		// The second field is the program's name in brackets, which may hold anything.
		const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)!.split(' ');
		ticks += Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
	}
	return ticks / TICKS_PER_S;
}

/** The process and its descendants; none where there is no /proc. */
function familyOf(pid: number): number[] {
	let tasks: string[];
	try {
		tasks = readdirSync(`/proc/${pid}/task`);
	} catch {
		return [];
	}
	const children = tasks.flatMap((task) =>
		read(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean),
	);
	return [pid, ...children.flatMap((child) => familyOf(Number(child)))];
}

/** Empty if it has just gone. */
function read(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

function kilobytes(status: string, field: string): number {
	return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
}
