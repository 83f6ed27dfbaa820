import type { Model } from '../service/contract';
import { describeTransfer } from '../encode/models/download-progress';

/** `41 % of 813 MB, 12 MB/s, about 40 s left`, for a model that is on its way. */
export function describeProgress(model: Model): string {
	const { state, progress = 0, problem } = model;
	if (state === 'preparing') return `${Math.floor(progress * 100)} % prepared for this machine`;
	const transfer = describeTransfer({
		received: model.received_bytes ?? 0,
		total: model.total_bytes ?? 0,
		bytesPerSecond: model.bytes_per_s,
		secondsLeft: model.seconds_left,
	});
	return problem ? `${transfer}; the last try failed: ${problem}` : transfer;
}

/** The same as a sentence. */
export function describeModel(model: Model): string {
	const doing = model.state === 'preparing' ? 'prepared' : 'downloaded';
	return `The model ${model.id} is being ${doing}: ${describeProgress(model)}.`;
}
