import { EngineError } from '../errors';
import type { ModelsResponse } from '../service/contract';
import { describeModel } from './describe-model';
import type { EngineConnection } from './engine-connection';
import { pause } from './pause';
import type { Call } from './transport';

/** A model of a gigabyte on a slow line. */
const MODEL_WAIT_MS = 60 * 60_000;
const MODEL_POLL_MS = 1_000;

/** Told again and again, in a sentence with its progress, while a call waits for a model. */
export type OnWaiting = (sentence: string) => void;

/** The answer to a call, which is sent again once the model it needs is there. */
export async function whenModelReady<T>(
	connection: EngineConnection,
	call: Call,
	onWaiting?: OnWaiting,
): Promise<T> {
	const deadline = Date.now() + MODEL_WAIT_MS;
	for (;;) {
		try {
			return await connection.call<T>(call);
		} catch (error) {
			const waiting = error instanceof EngineError && error.code === 'MODEL_NOT_READY';
			if (!waiting || Date.now() > deadline) throw error;
			const id = error.details?.['model'];
			await modelSettled(connection, id, deadline, call.signal, onWaiting);
		}
	}
}

/** Until a model is no longer on its way. Asks for that alone: the call may carry megabytes. */
async function modelSettled(
	connection: EngineConnection,
	id: unknown,
	deadline: number,
	signal: AbortSignal | undefined,
	onWaiting?: OnWaiting,
): Promise<void> {
	do {
		await pause(MODEL_POLL_MS, signal);
		const { models } = await connection.call<ModelsResponse>({
			method: 'GET',
			path: '/models',
			signal,
		});
		const coming = models.find((one) => one.id === id);
		if (coming?.state !== 'downloading' && coming?.state !== 'preparing') return;
		onWaiting?.(describeModel(coming));
	} while (Date.now() < deadline);
}
