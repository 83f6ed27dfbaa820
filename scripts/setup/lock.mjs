import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 5_000;
/** A holder that missed this many milliseconds of heartbeats is gone, whatever its pid says now. */
const STALE_MS = 60_000;

/** Runs `work` while holding the lock file, so that two runs never set up the same folder at once. */
export async function withLock(file, work, onWait = () => {}) {
	mkdirSync(dirname(file), { recursive: true });
	while (!take(file)) {
		const holder = stale(file);
		if (holder === true) rmSync(file, { force: true });
		else {
			onWait(`waiting for process ${holder}`);
			await sleep(300);
		}
	}
	const heartbeat = setInterval(() => {
		try {
			const now = new Date();
			utimesSync(file, now, now);
		} catch {
			// Somebody cleaned the cache while we work; the work itself will say so.
		}
	}, HEARTBEAT_MS);
	heartbeat.unref();
	try {
		return await work();
	} finally {
		clearInterval(heartbeat);
		rmSync(file, { force: true });
	}
}

function take(file) {
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (error.code === 'EEXIST') return false;
		throw error;
	}
}

/** True if nobody holds the lock any more, else the holder's pid. */
function stale(file) {
	try {
		const pid = Number(readFileSync(file, 'utf8'));
		const age = Date.now() - statSync(file).mtimeMs;
		if (age > STALE_MS) return true;
		// Between creating and writing the file its pid reads as 0.
		if (!pid) return false;
		process.kill(pid, 0);
		return pid;
	} catch (error) {
		return error.code !== 'EPERM';
	}
}
