import { createHash, timingSafeEqual } from 'node:crypto';
import type { IWebhookFunctions } from 'n8n-workflow';
import { verifyB2Signature, verifyBearer } from '../../engine/client';
import { eventSecret } from '../shared/credentials';

const B2_SIGNATURE_HEADER = 'x-bz-event-notification-signature';

/** Whether the sender proved itself in the way the node demands. No secret set means no. */
export async function isAuthentic(context: IWebhookFunctions, rawBody: Buffer): Promise<boolean> {
	const method = context.getNodeParameter('authentication', 'none') as string;
	if (method === 'none') return true;
	const secret = await eventSecret(context);
	if (secret === undefined) {
		context.logger.warn('S3 Event Trigger: the S3 credential has no event secret to check against');
		return false;
	}
	switch (method) {
		case 'b2':
			return verifyB2Signature(rawBody, header(context, B2_SIGNATURE_HEADER), secret);
		case 'bearer':
			return verifyBearer(header(context, 'authorization'), secret);
		case 'header':
			return sameText(header(context, context.getNodeParameter('headerName') as string), secret);
		default:
			return false;
	}
}

function header(context: IWebhookFunctions, name: string): string | undefined {
	const value = context.getHeaderData()[name.trim().toLowerCase()];
	return Array.isArray(value) ? value[0] : value;
}

/** In constant time whatever the lengths: digests are of one length. */
function sameText(given: string | undefined, expected: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(given ?? ''), digest(expected));
}
