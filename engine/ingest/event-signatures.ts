import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Backblaze's `X-Bz-Event-Notification-Signature: v1=<hex HMAC-SHA256 of the raw body>`.
 * False for anything malformed. Takes the same time whatever part of the signature is wrong.
 */
export function verifyB2Signature(
	rawBody: Buffer | string,
	header: string | undefined,
	secret: string,
): boolean {
	const given = /^v1=([0-9a-f]{64})$/i.exec(header?.trim() ?? '')?.[1];
	if (!given || !secret) return false;
	const expected = createHmac('sha256', secret).update(rawBody).digest();
	return timingSafeEqual(Buffer.from(given, 'hex'), expected);
}

/**
 * `Authorization: Bearer TOKEN`, as MinIO sends it; MinIO also sends a bare token when its setting
 * holds no word before it. False for an empty token on either side.
 */
export function verifyBearer(header: string | undefined, token: string): boolean {
	const given = header?.trim().replace(/^bearer\s+/i, '');
	if (!given || !token) return false;
	// Hashing first makes the lengths equal, which timingSafeEqual wants and a length would betray.
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(given), digest(token));
}

/** Whether an SNS `SubscribeURL` may be fetched: https on Amazon's own domain, nothing hidden in it. */
export function isTrustedSnsUrl(text: string): boolean {
	try {
		const url = new URL(text);
		return (
			url.protocol === 'https:' &&
			/^sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(url.hostname) &&
			url.port === '' &&
			url.username === '' &&
			url.password === ''
		);
	} catch {
		return false;
	}
}
