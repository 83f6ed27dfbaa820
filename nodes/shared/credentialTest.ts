import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { engineClient } from '../../engine/client';
import { toS3Connection } from './credentials';
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
		// The test belongs to no node, so it cannot know of a remote engine.
		const engine = engineClient({ kind: 'local' });
		if (bucket) {
			await engine.listObjects({ s3, bucket, limit: 1, images_only: false });
			return { status: 'OK', message: `Connected: bucket “${bucket}” can be listed` };
		}
		const { buckets } = await engine.listBuckets({ s3 });
		const count = buckets.length === 1 ? '1 bucket' : `${buckets.length} buckets`;
		return { status: 'OK', message: `Connected: ${count} visible` };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		if (!bucket && isEngineError(error) && error.code === 'S3_ACCESS_DENIED') {
			return {
				status: 'Error',
				message: `${message}. If this key may only use certain buckets, name one under “Test bucket”.`,
			};
		}
		return { status: 'Error', message };
	}
}
