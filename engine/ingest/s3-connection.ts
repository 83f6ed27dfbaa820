import { createHash } from 'node:crypto';

import { EngineError } from '../errors';
import type { S3Connection } from '../service/contract';

/** A connection with every default filled in and nothing doubtful left. */
export interface S3Target {
	/** With scheme, without a trailing slash; absent for AWS itself. */
	endpoint: string | undefined;
	/** For messages: host and port, never credentials. */
	host: string;
	region: string;
	/** The user named the region, so it is not to be second-guessed. */
	regionGiven: boolean;
	forcePathStyle: boolean;
}

const DEFAULT_REGION = 'us-east-1';
/** Providers whose host names carry the region that must be signed. */
const REGION_IN_HOST = /^s3[.-]([a-z]{2,}[a-z0-9-]*-\d+)\.(?:amazonaws|backblazeb2|wasabisys)\.com/;

/**
 * Checks a connection and fills in its defaults. Throws `BAD_REQUEST` for an endpoint that is no
 * http(s) address and `S3_CREDENTIALS_MISSING` without both keys: the SDK would otherwise go looking
 * in the environment, in files and on metadata servers for credentials that nobody offered.
 *
 * @param what how a message names the endpoint
 */
export function resolveTarget(connection: S3Connection, what = 'S3 endpoint'): S3Target {
	if (!connection.access_key_id?.trim() || !connection.secret_access_key?.trim()) {
		throw new EngineError(
			'S3_CREDENTIALS_MISSING',
			'The S3 connection has no access key. Give both the access key id and the secret access key.',
		);
	}
	const url = endpointUrl(connection.endpoint, what);
	const asked = connection.region?.trim();
	const region = !asked || asked === 'auto' ? guessRegion(url) : asked;
	return {
		endpoint: url && url.href.replace(/\/+$/, ''),
		host: url?.host ?? `s3.${region}.amazonaws.com`,
		region,
		regionGiven: asked !== undefined && asked !== '' && asked !== 'auto',
		forcePathStyle: connection.force_path_style ?? true,
	};
}

/** Equal for equal connections, and safe to keep: the secret cannot be read back from it. */
export function connectionKey(connection: S3Connection): string {
	const fields = [
		connection.endpoint,
		connection.public_endpoint,
		connection.region,
		connection.access_key_id,
		connection.secret_access_key,
		connection.session_token,
		connection.force_path_style,
	];
	return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/** Names one store whatever the credentials: what a watch's state belongs to. */
export function storeName(connection: S3Connection): string {
	const url = endpointUrl(connection.endpoint);
	return url ? url.host + url.pathname.replace(/\/+$/, '') : 'aws';
}

function endpointUrl(endpoint: string | undefined, what = 'S3 endpoint'): URL | undefined {
	const text = endpoint?.trim();
	if (!text) return undefined;
	const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
	let url: URL;
	try {
		url = new URL(hasScheme ? text : `https://${text}`);
	} catch (cause) {
		throw badEndpoint(what, 'is not an address', cause);
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:')
		throw badEndpoint(what, 'is not http(s)');
	if (url.username || url.password)
		throw badEndpoint(what, 'must not hold a user name or password');
	if (url.search || url.hash) throw badEndpoint(what, 'must not hold a "?" or "#" part');
	// Inside a private network nobody issues certificates: `minio:9000` and `localhost:9000` mean http.
	if (!hasScheme && isPrivateName(url.hostname)) url.protocol = 'http:';
	return url;
}

/** The endpoint itself stays out of the message: people paste secrets into the wrong field. */
function badEndpoint(what: string, problem: string, cause?: unknown): EngineError {
	return new EngineError(
		'BAD_REQUEST',
		`The ${what} ${problem}. Write it like https://s3.example.com or http://minio:9000.`,
		undefined,
		{ cause },
	);
}

function isPrivateName(hostname: string): boolean {
	if (/^(127|10)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^\[::1\]$|^\[f[cd]/.test(hostname))
		return true;
	return !hostname.includes('.') || /\.(local|internal|lan|home|svc|localhost)$/.test(hostname);
}

function guessRegion(url: URL | undefined): string {
	if (!url) return DEFAULT_REGION;
	// R2 wants its own word for "no region".
	if (url.hostname.endsWith('.r2.cloudflarestorage.com')) return 'auto';
	return REGION_IN_HOST.exec(url.hostname)?.[1] ?? DEFAULT_REGION;
}
