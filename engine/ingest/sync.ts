import type { Encoder } from '../encode/encoder';
import { EngineError } from '../errors';
import type { VectorIndex } from '../index/vector-index';
import type { BucketObject, Job, SyncRequest } from '../service/contract';
import type { OwedTextFiller } from '../text/owed-texts';
import type { Jobs } from './jobs';
import { isMassDelete } from './mass-delete';
import type { PhotoSource, PhotoSources } from './photo-source';
import { withRetry } from './retry';
import { checkBucket, photoId } from './s3-path';
import { indexObjects, type ObjectToIndex } from './sync-objects';

/** What a sync works with. Interfaces only: it knows neither ONNX nor SQLite nor Ollama. */
export interface SyncRooms {
	sources: PhotoSources;
	encoder: Encoder;
	owedTexts: OwedTextFiller;
}

/** A photo the index has of this bucket and prefix. */
interface KnownPhoto {
	id: string;
	etag: string | undefined;
	size: number | undefined;
	/** Of the model that this sync embeds with. */
	hasVector: boolean;
	/** Of the model that is searched. */
	isSearchable: boolean;
	listed: boolean;
}

const PAGE = 1_000;
/** How long the end of a job waits for its last text vectors before it leaves them owed. */
const TEXT_WAIT_MS = 60_000;

/**
 * Starts to bring `index` in line with a bucket, or answers the job that already does: new and
 * changed photos are fetched and embedded, photos that a complete listing no longer shows are
 * deleted. Interrupted, it goes on where it was when started again. Throws `BAD_KEY` (bucket),
 * `BAD_REQUEST` (endpoint) and `S3_CREDENTIALS_MISSING`; all else becomes part of the job.
 */
export function startSync(
	jobs: Jobs,
	index: VectorIndex,
	request: SyncRequest,
	rooms: SyncRooms,
): Job {
	checkBucket(request.bucket);
	const source = rooms.sources.source(request.s3);
	const subject = JSON.stringify([request.bucket, request.prefix ?? '']);
	return jobs.start('sync', index.name, subject, (job, signal) =>
		sync({ job, index, request, source, rooms, signal }),
	);
}

interface Run {
	job: Job;
	index: VectorIndex;
	request: SyncRequest;
	source: PhotoSource;
	rooms: SyncRooms;
	signal: AbortSignal;
}

async function sync(run: Run): Promise<void> {
	const { index, request, rooms, signal } = run;
	// Told now rather than as the failure of every photo: a missing model, another one than the
	// index's, a missing bucket.
	const { model, hints = [] } = await rooms.encoder.info(request.model);
	run.job.hints.push(...hints);
	await checkModel(run, model);
	const known = await readKnown(index, model, request, signal);
	const todo = await listChanges(run, known);
	if (request.ollama) rooms.owedTexts.remember(index.name, request.ollama);
	const vanished = await indexObjects({
		...run,
		todo,
		encoder: rooms.encoder,
		model: request.model,
		onStored: () => rooms.owedTexts.kick(index.name),
	});
	signal.throwIfAborted();
	for (const { s3_path } of vanished) {
		const photo = known.get(s3_path);
		if (photo) photo.listed = false;
	}
	if (request.delete_missing ?? true) await deleteMissing(run, known);
	await settleTexts(run);
}

/** Vectors of two models do not compare: those of another one are built beside, if that was begun. */
async function checkModel({ index, job }: Run, model: string): Promise<void> {
	const stored = index.model('image');
	if (stored === null || stored === model) return;
	const generations = await index.generations();
	if (generations.some((one) => one.kind === 'image' && one.model === model)) {
		job.hints.push(
			`The vectors of ${model} are built beside those of ${stored}, which are searched until the index changes over.`,
		);
		return;
	}
	throw new EngineError(
		'MODEL_MISMATCH',
		`Index "${index.name}" holds vectors of the model ${stored}, and this sync would add some of ${model}. Begin a change to that model first, or sync into another index.`,
		{ index: index.name, stored, model },
	);
}

/** Everything the index has here, by s3_path: photos may have been stored under ids of their own. */
async function readKnown(
	index: VectorIndex,
	model: string,
	{ bucket, prefix }: SyncRequest,
	signal: AbortSignal,
): Promise<Map<string, KnownPhoto>> {
	const known = new Map<string, KnownPhoto>();
	let after: string | undefined;
	for (;;) {
		signal.throwIfAborted();
		const ids = await index.ids({ bucket, ...(prefix && { prefix }) }, { after, limit: PAGE });
		const embedded = await index.holding('image', model, ids);
		for (const photo of (await index.getMany(ids)).values()) {
			const { id, s3_path, etag, size, has_image_vector: isSearchable } = photo;
			const hasVector = embedded.has(id);
			if (s3_path) known.set(s3_path, { id, etag, size, hasVector, isSearchable, listed: false });
		}
		after = ids.at(-1);
		if (after === undefined || ids.length < PAGE) return known;
	}
}

async function listChanges(
	{ job, request, source, signal }: Run,
	known: Map<string, KnownPhoto>,
): Promise<ObjectToIndex[]> {
	const { bucket, prefix } = request;
	const todo: ObjectToIndex[] = [];
	let startAfter: string | undefined;
	for (;;) {
		const options = { prefix, startAfter, limit: PAGE, imagesOnly: true };
		const page = await withRetry(() => source.list(bucket, options, signal), signal);
		for (const object of page.objects) {
			const photo = known.get(object.s3_path);
			if (photo) photo.listed = true;
			if (photo && isUnchanged(photo, object)) job.unchanged += 1;
			else if (photo) todo.push({ ...object, id: photo.id, ...lacks(photo, object) });
			else todo.push({ ...object, id: photoId(bucket, object.key) });
		}
		job.total += page.objects.length;
		if (page.next === null) break;
		startAfter = page.next;
	}
	job.total_known = true;
	return todo;
}

function isUnchanged(photo: KnownPhoto, object: BucketObject): boolean {
	return photo.hasVector && isSameFile(photo, object);
}

/** A photo that was indexed by another model has its facts, and perhaps words of a user's own. */
function lacks(photo: KnownPhoto, object: BucketObject): Pick<ObjectToIndex, 'vectorOnly'> {
	return { vectorOnly: photo.isSearchable && !photo.hasVector && isSameFile(photo, object) };
}

function isSameFile(photo: KnownPhoto, object: BucketObject): boolean {
	if (photo.etag !== object.etag) return false;
	// Some gateways have no etags; then the size must do.
	return object.etag !== '' || photo.size === object.size;
}

async function deleteMissing(
	{ job, index, request, signal }: Run,
	known: Map<string, KnownPhoto>,
): Promise<void> {
	const missing = [...known.values()].filter(({ listed }) => !listed).map(({ id }) => id);
	if (missing.length === 0) return;
	// Here even a single photo is not deleted on the word of an empty listing: force says it again.
	const refused = isMassDelete(known.size, missing.length) || missing.length === known.size;
	if (!request.force && refused) {
		throw new EngineError(
			'MASS_DELETE_REFUSED',
			`The bucket no longer shows ${missing.length} of ${known.size} indexed photos, so nothing was deleted. Check bucket, prefix and permissions; if they are really gone, sync again with force.`,
			{ known: known.size, missing: missing.length },
		);
	}
	for (let start = 0; start < missing.length; start += PAGE) {
		signal.throwIfAborted();
		const gone = await index.delete(missing.slice(start, start + PAGE));
		job.deleted += gone.length;
	}
}

async function settleTexts({ job, index, request, rooms, signal }: Run): Promise<void> {
	if (request.ollama) {
		const failure = await rooms.owedTexts.settle(index.name, TEXT_WAIT_MS, signal);
		signal.throwIfAborted();
		if (failure) job.hints.push(`Text vectors are owed and follow later: ${failure.message}`);
	} else if ((await index.stats()).textOwed > 0) {
		job.hints.push(
			'Text vectors are owed: give an Ollama connection to have captions and tags embedded.',
		);
	}
}
