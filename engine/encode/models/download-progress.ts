import { formatBytes, formatDuration } from '../../format';

/** Where a transfer stands. Sizes in bytes; `total` is 0 while unknown. */
export interface Transfer {
	received: number;
	total: number;
	/** Over the last ten seconds; absent until something was measured. */
	bytesPerSecond?: number;
	/** Absent while unknown, and while nothing moves. */
	secondsLeft?: number;
}

/** Long enough to be calm, short enough to notice that a line became slow. */
const WINDOW_MS = 10_000;
const SAMPLE_MS = 250;
/** A rate over less than this is noise. */
const FIRST_RATE_MS = 500;

/**
 * Bytes, rate and time left of a download. Pure: the caller brings the clock (milliseconds, any
 * origin). Bytes that were there before, from an earlier try, count as received but not as speed.
 */
export class DownloadProgress {
	#received = 0;
	#total: number;
	/** Oldest first; the first one is at the window's edge. */
	#samples: { at: number; received: number }[] = [];

	constructor(total = 0) {
		this.#total = total;
	}

	set total(bytes: number) {
		this.#total = bytes;
	}

	/** `bytes` are here, by whatever way; what comes from now on is measured against them. */
	restart(bytes: number, now: number): void {
		this.#received = bytes;
		this.#samples = [{ at: now, received: bytes }];
	}

	/** `bytes` are here now. Fewer than before means that something began anew. */
	update(bytes: number, now: number): void {
		if (bytes < this.#received || this.#samples.length === 0) return this.restart(bytes, now);
		this.#received = bytes;
		if (now - this.#samples.at(-1)!.at < SAMPLE_MS) return;
		this.#samples.push({ at: now, received: bytes });
		while (this.#samples.length > 2 && now - this.#samples[1]!.at >= WINDOW_MS)
			this.#samples.shift();
	}

	at(now: number): Transfer {
		const transfer = { received: this.#received, total: Math.max(this.#total, this.#received) };
		const first = this.#samples[0];
		if (!first || now - first.at < FIRST_RATE_MS) return transfer;
		const bytesPerSecond = ((this.#received - first.received) * 1000) / (now - first.at);
		if (bytesPerSecond === 0 || this.#total === 0) return { ...transfer, bytesPerSecond };
		const secondsLeft = (transfer.total - transfer.received) / bytesPerSecond;
		return { ...transfer, bytesPerSecond, secondsLeft };
	}
}

/** Decides which of the many reports of a download are worth a line of the log. */
export class ProgressLog {
	#lastAt: number;
	#lastStep = 0;

	constructor(now: number) {
		this.#lastAt = now;
	}

	/** True after another tenth, or half a minute. */
	isDue({ received, total }: Transfer, now: number): boolean {
		const step = total > 0 ? Math.floor((received / total) * 10) : 0;
		if (step <= this.#lastStep && now - this.#lastAt < 30_000) return false;
		this.#lastStep = Math.max(step, this.#lastStep);
		this.#lastAt = now;
		return true;
	}
}

/** 0…1; 0 while the total is unknown. */
export function shareOf({ received, total }: Transfer): number {
	return total > 0 ? received / total : 0;
}

/** `41 % of 813 MB, 12 MB/s, about 40 s left` */
export function describeTransfer({ received, total, bytesPerSecond, secondsLeft }: Transfer) {
	const share =
		total > 0
			? `${Math.floor((received / total) * 100)} % of ${formatBytes(total)}`
			: formatBytes(received);
	return [
		share,
		...(bytesPerSecond !== undefined ? [`${formatBytes(bytesPerSecond)}/s`] : []),
		...(secondsLeft !== undefined ? [`about ${formatDuration(secondsLeft)} left`] : []),
	].join(', ');
}
