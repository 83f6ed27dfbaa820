import { EngineError, type EngineClient, type ImageInput } from '../../../engine/client';
import type { BatchItem, Outcome, Run } from '../../shared/router';
import { asJson } from '../../shared/values';

/** Photos per request: about 300 KB at 768 dimensions. */
export const PHOTOS_PER_REQUEST = 64;

/** One photo that an input item writes. */
export interface PhotoToWrite {
	index: string;
	image: ImageInput;
}

/** Sends a batch of one index and gives each item its own answer. */
export async function writePhotos(
	run: Run,
	batch: Array<BatchItem<PhotoToWrite>>,
	send: EngineClient['upsert'],
): Promise<Outcome[]> {
	const index = batch[0]?.input.index ?? '';
	const images = batch.map(({ input }) => input.image);
	const answer = await send(index, { images, ollama: await run.ollama() }, run.signal);
	answer.hints.forEach(run.hint);
	return batch.map((_, position): Outcome => {
		const failure = answer.errors.find((error) => error.index === position);
		if (failure) {
			return { error: new EngineError(failure.code as EngineError['code'], failure.message) };
		}
		const stored = answer.results.find((result) => result.index === position);
		if (!stored) return { error: new Error('The engine did not say whether it was stored') };
		const { id, status, text_vector } = stored;
		return { json: asJson({ id, status, text_vector, index }) };
	});
}
