import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { EngineError } from '../../engine/client';

/** What to do about an error, where the sentence from the engine does not say it in n8n's terms. */
const CURES: Partial<Record<EngineError['code'], string>> = {
	S3_CREDENTIALS_MISSING: 'Choose a credential under “S3-compatible storage” in this node.',
	S3_ACCESS_DENIED:
		'The access key needs s3:ListBucket on the bucket and s3:GetObject on its objects.',
	S3_UNREACHABLE: 'Check the endpoint in the S3 credential and that n8n’s host can reach it.',
	BUCKET_NOT_FOUND: 'Check the bucket’s spelling, and that the credential belongs to its storage.',
	OBJECT_NOT_FOUND:
		'It may have been deleted since it was listed. Keys are case-sensitive and not URL-encoded.',
	IMAGE_NOT_FOUND: 'The index has no photo with this ID. The default ID is bucket/key.',
	INDEX_NOT_FOUND: 'An index comes into being with the first photo stored in it: upsert or sync.',
	BAD_INDEX_NAME: 'Use 1–64 lower-case letters, digits, hyphens or underscores.',
	MODEL_MISMATCH:
		'Embed with the model that the index is searched by, or begin a change to this one: Index Vector → Change Model.',
	GENERATION_EXISTS: 'It was begun already. Sync the bucket with this model to fill it.',
	GENERATION_NOT_FOUND: 'See which models the index knows: Index Vector → Change Model → Show.',
	GENERATION_INCOMPLETE: 'Sync the bucket with this model first, or turn on “Even if incomplete”.',
	GENERATION_IN_USE: 'Activate another model first; the one that is searched cannot be dropped.',
	VECTOR_NOT_FOUND: 'Embed the photo first, or search by another one.',
	MODEL_UNKNOWN: 'Pick a model from the list, or leave it empty for the engine’s default.',
	MODEL_NOT_READY:
		'A search does not wait: run it again when the model is there. Embedding photos and syncing wait by themselves.',
	MODEL_OFFLINE: 'Or allow the engine to download: remove HF_HUB_OFFLINE and restart it.',
	MODEL_BROKEN: 'Check and mend it on the engine’s host: semantic-image-search models verify.',
	MODEL_DOWNLOAD_FAILED: 'Without internet, point the engine to a mirror or a local model folder.',
	OLLAMA_UNREACHABLE: 'Check the URL in the Ollama credential and that Ollama is running.',
	OLLAMA_MODEL_MISSING: 'Fetch it on the Ollama host with “ollama pull”.',
	MASS_DELETE_REFUSED:
		'If so many photos really are gone, sync once with “Allow mass deletion” turned on.',
	UNAUTHORIZED: 'Check the token in the engine credential.',
	ENGINE_UNREACHABLE:
		'Local: see the engine’s log in its data folder. Remote: check the URL in the credential.',
	ENGINE_INCOMPATIBLE: 'Run the same version of this package on both sides.',
	BUSY: 'Turn on “Retry on fail” in the node’s settings, or lower the number of parallel runs.',
	EMPTY_QUERY: 'Give it words, a picture or a photo ID.',
	BAD_CURSOR: 'A cursor belongs to one query on one index: pass next_cursor back unchanged.',
};

/**
 * Any thrown value as the error n8n shows: the engine's sentence as message, the cure as
 * description, the item it belongs to. Built from text alone, so nothing of the request (and no
 * secret in it) travels along.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeOperationError | NodeApiError {
	if (error instanceof NodeOperationError || error instanceof NodeApiError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (isEngineError(error)) {
		const nodeError = new NodeOperationError(node, error.message, {
			itemIndex,
			description: describe(error),
		});
		nodeError.context.code = error.code;
		return nodeError;
	}
	const message = error instanceof Error ? error.message : String(error);
	return new NodeOperationError(node, message, { itemIndex });
}

function describe({ code, details }: EngineError): string | undefined {
	// A download that is trying again: what keeps it.
	const problem = details?.problem;
	const kept = typeof problem === 'string' ? [`The last try failed: ${problem}`] : [];
	return [...kept, CURES[code]].filter(Boolean).join(' ') || undefined;
}

/** By name and not only by class: a linked package can hold the class twice. */
export function isEngineError(error: unknown): error is EngineError {
	return (
		error instanceof EngineError ||
		(error instanceof Error && error.name === 'EngineError' && 'code' in error)
	);
}
