import type { IExecuteFunctions } from 'n8n-workflow';
import { EngineError } from '../../../engine/client';
import type { BatchItem, Operation, Outcome, Run } from '../../shared/router';
import { asJson, photoId, s3Path } from '../../shared/values';
import { readIndex } from './common';

/** The engine HEADs this many objects per request. */
const PHOTOS_PER_REQUEST = 256;

interface DeleteInput {
	index: string;
	id: string;
	/** Set when the file's absence has to be seen first. */
	path: string | undefined;
}

export const deleteByIds: Operation<DeleteInput> = {
	batchSize: PHOTOS_PER_REQUEST,

	read(this: IExecuteFunctions, itemIndex) {
		return {
			index: readIndex(this, itemIndex),
			id: photoId(this.getNodeParameter('id', itemIndex, '')),
			path: this.getNodeParameter('onlyIfMissing', itemIndex, false)
				? s3Path(this.getNodeParameter('s3Path', itemIndex, ''))
				: undefined,
		};
	},

	batchKey: ({ index }) => index,

	async execute(run, batch) {
		const kept = await keptFiles(run, batch);
		const ids = batch.filter((_, position) => !kept.has(position)).map(({ input }) => input.id);
		const { deleted } =
			ids.length > 0
				? await run.engine.remove(batch[0]?.input.index ?? '', { ids }, run.signal)
				: { deleted: [] };
		const gone = new Set(deleted);
		return batch.map(
			({ input: { id } }, position): Outcome =>
				kept.get(position) ?? {
					json: asJson({
						id,
						deleted: gone.has(id),
						...(!gone.has(id) && { reason: 'not_indexed' }),
					}),
				},
		);
	},
};

/**
 * By position in the batch, the photos not to delete: the file is there, or its absence could not
 * be made sure of, which must never count as a deletion.
 */
async function keptFiles(
	run: Run,
	batch: Array<BatchItem<DeleteInput>>,
): Promise<Map<number, Outcome>> {
	const kept = new Map<number, Outcome>();
	const asked = [...batch.entries()].flatMap(([position, { input }]) =>
		input.path === undefined ? [] : [{ position, id: input.id, path: input.path }],
	);
	if (asked.length === 0) return kept;

	const s3 = await run.s3();
	if (!s3) {
		throw new EngineError('S3_CREDENTIALS_MISSING', 'Looking into the bucket needs its credential');
	}
	const heads = await run.engine.headObjects(
		{ s3, paths: asked.map(({ path }) => path) },
		run.signal,
	);
	asked.forEach(({ position, id, path }, index) => {
		const failure = heads.errors.find((error) => error.index === index);
		if (failure) {
			const error = new EngineError(failure.code as EngineError['code'], failure.message);
			kept.set(position, { error });
		} else if (heads.objects[index]) {
			kept.set(position, {
				json: asJson({ id, s3_path: path, deleted: false, reason: 'still_in_bucket' }),
			});
		}
	});
	return kept;
}
