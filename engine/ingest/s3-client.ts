import { S3Client } from '@aws-sdk/client-s3';

import type { S3Connection } from '../service/contract';
import { resolveTarget, type S3Target } from './s3-connection';

/** Milliseconds; all of them end the attempt, none only warns. */
export interface S3Timeouts {
	/** TCP and TLS, per attempt. */
	connectMs: number;
	/** Request sent to response headers, per attempt. */
	headersMs: number;
	/** One call with all its retries, without a streamed body. */
	callMs: number;
	/** No byte of a body for this long. */
	stallMs: number;
	/** A whole body: 64 MiB at 2 Mbit/s. */
	bodyMs: number;
}

export const DEFAULT_TIMEOUTS: S3Timeouts = {
	connectMs: 5_000,
	headersMs: 30_000,
	callMs: 75_000,
	stallMs: 30_000,
	bodyMs: 300_000,
};

/** The first attempt and two more, with the SDK's own jittered back-off. */
const MAX_ATTEMPTS = 3;
/** Four fetches, a listing and a few presence checks, for two jobs at once. */
const MAX_SOCKETS = 16;

/** An SDK client and what it talks to; `region` may be corrected once the server names its own. */
export interface BoundClient {
	s3: S3Client;
	target: S3Target;
}

/**
 * A client that works against AWS and the S3-compatible servers. Checksums only where the protocol
 * requires them: the SDK's default breaks Backblaze B2, R2, Ceph and Swift. Credentials are the
 * connection's own; the SDK's default chain (environment, files, metadata servers) is never asked.
 */
export function createClient(
	connection: S3Connection,
	timeouts: S3Timeouts,
	region?: string,
): BoundClient {
	const target = resolveTarget(connection);
	if (region) target.region = region;
	const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
	const s3 = new S3Client({
		region: target.region,
		endpoint: target.endpoint,
		forcePathStyle: target.forcePathStyle,
		followRegionRedirects: target.endpoint === undefined,
		credentials: {
			accessKeyId: connection.access_key_id.trim(),
			secretAccessKey: connection.secret_access_key.trim(),
			sessionToken: connection.session_token?.trim() || undefined,
		},
		requestChecksumCalculation: 'WHEN_REQUIRED',
		responseChecksumValidation: 'WHEN_REQUIRED',
		maxAttempts: MAX_ATTEMPTS,
		requestHandler: {
			connectionTimeout: timeouts.connectMs,
			requestTimeout: timeouts.headersMs,
			throwOnRequestTimeout: true,
			socketTimeout: timeouts.stallMs,
			httpAgent: agent,
			httpsAgent: agent,
		},
	});
	return { s3, target };
}
