import type { Model } from '../service/contract';
import { describeTransfer } from './download-progress';

/** `being downloaded: 41 % of 813 MB, 12 MB/s, about 40 s left`, for a model that is on its way. */
export function describeModel(model: Model): string {
	const { state, progress = 0, problem } = model;
	if (state === 'preparing') {
		return `being prepared for this machine: ${Math.floor(progress * 100)} %`;
	}
	const transfer = describeTransfer({
		received: model.received_bytes ?? 0,
		total: model.total_bytes ?? 0,
		bytesPerSecond: model.bytes_per_s,
		secondsLeft: model.seconds_left,
	});
	return `being downloaded: ${transfer}${problem ? `; the last try failed: ${problem}` : ''}`;
}
