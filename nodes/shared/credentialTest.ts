import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { engineClient } from '../../engine/client';
import { toS3Connection } from './credentials';
import { localTarget } from './engine';
import { isEngineError } from './errors';

/**
 * Tests the storage credential with the requests the nodes will make. Keys limited to one bucket
 * often may not list buckets: with a test bucket the listing of that bucket decides instead.
 */
export async function s3CredentialTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const fields = credential.data ?? {};
	const s3 = toS3Connection(fields);
	const bucket = typeof fields.testBucket === 'string' ? fields.testBucket.trim() : '';
	try {
		// The test belongs to no node, so it cannot know of an engine that a node's credential names.
		const engine = engineClient(localTarget());
		if (bucket) {
			await engine.listObjects({ s3, bucket, limit: 1, images_only: false });
			return { status: 'OK', message: `Connected: bucket “${bucket}” can be listed` };
		}
		const { buckets } = await engine.listBuckets({ s3 });
		const count = buckets.length === 1 ? '1 bucket' : `${buckets.length} buckets`;
		return { status: 'OK', message: `Connected: ${count} visible` };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		if (bucket || !mayNotListBuckets(error)) return { status: 'Error', message };
		return {
			status: 'Error',
			message: `${message.replace(/\.$/, '')}. If this key may only use certain buckets, name one under “Test Bucket”.`,
		};
	}
}

/** The key is right, but its rights end before the list of all buckets: not so for a wrong key. */
function mayNotListBuckets(error: unknown): boolean {
	return (
		isEngineError(error) &&
		error.code === 'S3_ACCESS_DENIED' &&
		error.details?.s3_code === 'AccessDenied'
	);
}
