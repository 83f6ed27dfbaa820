import { EngineError, type ErrorCode } from '../errors';
import { explainNetwork } from './s3-network-failure';

/** What was being done, for the sentence. */
export interface S3Attempt {
	/** Host and port of the store. */
	host: string;
	region: string;
	bucket?: string;
	key?: string;
	/** The caller's own signal: when it fired, the failure is its wish. */
	signal?: AbortSignal;
}

/** The fields of SDK and network errors that say something; all are optional in practice. */
interface Clues {
	/** S3's error code, or Node's. */
	code: string;
	status: number;
	message: string;
	/** The region the server would rather see signed. */
	region?: string;
}

/**
 * Any failure of a call to S3 as an EngineError: one sentence with the bucket, key or host in it and
 * the cure. The server's own message is quoted only where it cannot hold a signature or a secret.
 */
export function s3Failure(error: unknown, attempt: S3Attempt): EngineError {
	if (error instanceof EngineError) return error;
	if (attempt.signal?.aborted) {
		return new EngineError('CANCELLED', 'The call to S3 was cancelled.');
	}
	const clues = readClues(error);
	const [code, sentence] = explain(clues, attempt);
	const details = {
		host: attempt.host,
		...(attempt.bucket !== undefined && { bucket: attempt.bucket }),
		...(attempt.key !== undefined && { key: attempt.key }),
		...(clues.code && { s3_code: clues.code }),
		...(clues.status > 0 && { status: clues.status }),
	};
	// No `cause`: SDK errors carry the request, and with it headers and signed queries, into logs.
	return new EngineError(code, sentence, details);
}

/** Something answers, but not an S3 API: a web console, a proxy's page. */
export function notS3(at: S3Attempt): EngineError {
	return new EngineError(
		'S3_ERROR',
		`${at.host} does not answer like an S3 server. Check the endpoint: it must be the S3 API's port (MinIO: 9000, not the console's 9001) and the right one of http and https.`,
		{ host: at.host },
	);
}

/** The region the server named when it refused a signature, if it did. */
export function regionWanted(error: unknown): string | undefined {
	const { code, region, message } = readClues(error);
	if (!/^(AuthorizationHeaderMalformed|PermanentRedirect|IllegalLocationConstraint)/.test(code)) {
		return undefined;
	}
	return region ?? /expecting '([a-z0-9-]{1,64})'/i.exec(message)?.[1];
}

function explain(clues: Clues, at: S3Attempt): [ErrorCode, string] {
	const { code, status } = clues;
	const what = at.key !== undefined ? `s3://${at.bucket}/${at.key}` : `bucket "${at.bucket}"`;
	const thing = at.bucket === undefined ? 'the buckets' : what;
	switch (code) {
		case 'NoSuchBucket':
			return [
				'BUCKET_NOT_FOUND',
				`There is no bucket "${at.bucket}" at ${at.host}. Check its name and the endpoint.`,
			];
		case 'InvalidBucketName':
			return [
				'BUCKET_NOT_FOUND',
				`"${at.bucket}" is not a bucket name that ${at.host} accepts. Check its spelling.`,
			];
		case 'NoSuchKey':
			return [
				'OBJECT_NOT_FOUND',
				`There is no object ${what} at ${at.host}. It may have been deleted or renamed.`,
			];
		case 'InvalidAccessKeyId':
		case 'XAdminUserNotFound': // versitygw, with status 404
			return [
				'S3_ACCESS_DENIED',
				`${at.host} does not know this access key id. Check the S3 credential.`,
			];
		case 'SignatureDoesNotMatch':
			return [
				'S3_ACCESS_DENIED',
				`${at.host} knows the access key id, but the signature does not match: the secret access key is wrong, or a proxy in between changes the host name or the path.`,
			];
		case 'RequestTimeTooSkewed':
			return [
				'S3_ACCESS_DENIED',
				`${at.host} refuses the request because the clocks differ too much. Set the time of this machine.`,
			];
		case 'ExpiredToken':
		case 'InvalidToken':
		case 'TokenRefreshRequired':
			return [
				'S3_ACCESS_DENIED',
				`The session token for ${at.host} has expired or is invalid. Renew the S3 credential.`,
			];
		case 'InvalidObjectState':
			return [
				'S3_ACCESS_DENIED',
				`${what} is in an archive class. Restore it first, then try again.`,
			];
		case 'AuthorizationHeaderMalformed':
		case 'PermanentRedirect':
			return [
				'S3_ACCESS_DENIED',
				`${at.host} expects another region than "${at.region}"${clues.region ? `: set the region to "${clues.region}"` : '. Set the region of the S3 credential'}.`,
			];
		case 'SlowDown':
		case 'TooManyRequests':
		case 'RequestLimitExceeded':
			return ['S3_ERROR', `${at.host} asks for fewer requests at once. Try again in a moment.`];
	}
	const network = explainNetwork(code, at.host);
	if (network) return network;
	if (status === 401 || status === 403) {
		return [
			'S3_ACCESS_DENIED',
			`${at.host} refuses access to ${thing}. Check the access key and secret, and that they may list the bucket and read its objects.`,
		];
	}
	if (status === 404 && /^(|NotFound|Unknown(Error)?)$/.test(code)) {
		// Every S3 server names what is missing. A bare 404 is a proxy's, and must never pass for a
		// deleted photo.
		const { code: errorCode, message } = notS3(at);
		return [errorCode, message];
	}
	if (status === 301 || status === 307) {
		return [
			'S3_ERROR',
			`${at.host} sends requests for ${thing} elsewhere. Use the endpoint of the bucket's own region.`,
		];
	}
	if (status >= 500) {
		return [
			'S3_ERROR',
			`${at.host} failed with status ${status} for ${thing}. Try again; if it stays, look at that server's log.`,
		];
	}
	if (/deserializ|not expected|parse|unexpected|closing tag|entity|xml/i.test(clues.message)) {
		const { code: errorCode, message } = notS3(at);
		return [errorCode, message];
	}
	const named = /^[A-Za-z]{3,60}$/.test(code) ? ` (${code})` : '';
	return [
		'S3_ERROR',
		`${at.host} refused the request for ${thing}${status > 0 ? ` with status ${status}` : ''}${named}.`,
	];
}

function readClues(error: unknown): Clues {
	const fields = isRecord(error) ? error : {};
	// Happy eyeballs: one error per address tried, the code on the first.
	const first: unknown = Array.isArray(fields.errors) ? fields.errors[0] : undefined;
	const inner = isRecord(first) ? first : {};
	const meta = isRecord(fields.$metadata) ? fields.$metadata : {};
	const names = [fields.code, fields.Code, inner.code, fields.name].filter(
		(name): name is string => typeof name === 'string' && name !== '' && name !== 'Error',
	);
	const status = meta.httpStatusCode;
	return {
		code: names[0] ?? '',
		status: typeof status === 'number' ? status : -1,
		message: typeof fields.message === 'string' ? fields.message : '',
		region: typeof fields.Region === 'string' ? fields.Region : undefined,
	};
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
