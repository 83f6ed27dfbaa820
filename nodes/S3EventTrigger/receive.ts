import {
	NodeOperationError,
	type IDataObject,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { isTrustedSnsUrl, parseBucketEvents, type BucketEvent } from '../../engine/client';
import { asJson, optionalText } from '../shared/values';
import { isAuthentic } from './authentication';
import { latestPerObject, wantedEvents, type EventRules } from './rules';
import { verifyAgainstBucket } from './verify';

/** Already answered, and nothing to run. */
const NOTHING: IWebhookResponseData = { noWebhookResponse: true };

/**
 * One delivery: prove the sender, understand the body, answer, and only then look into the bucket.
 * Senders wait a few seconds at most (Backblaze: three) and repeat what was not answered in time.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const rawBody = await readRawBody(context);
	if (!(await isAuthentic(context, rawBody))) {
		return reply(context, 401, {
			error: { code: 'UNAUTHORIZED', message: 'The event’s signature or secret is wrong' },
		});
	}

	let parsed: ReturnType<typeof parseBucketEvents>;
	try {
		parsed = parseBucketEvents(rawBody, context.getHeaderData());
	} catch (error) {
		const message = error instanceof Error ? error.message : 'The body is not a bucket event';
		return reply(context, 400, { error: { code: 'BAD_REQUEST', message } });
	}

	switch (parsed.kind) {
		case 'confirmation':
			return await confirm(context, parsed.subscribeUrl);
		case 'test':
			return reply(context, 200, { ok: true, test: true });
		case 'ignored':
			return reply(context, 200, { ok: true, ignored: parsed.reason });
		case 'events':
			reply(context, 200, { ok: true, received: parsed.events.length });
			return await start(context, parsed.events);
	}
}

async function start(
	context: IWebhookFunctions,
	received: BucketEvent[],
): Promise<IWebhookResponseData> {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const rules: EventRules = {
		bucket: optionalText(context.getNodeParameter('bucket', '')),
		prefix: optionalText(context.getNodeParameter('prefix', '')),
		events: context.getNodeParameter('events', []) as string[],
		imagesOnly: options.imagesOnly !== false,
	};
	const events = latestPerObject(wantedEvents(received, rules));
	const verified = await verifyAgainstBucket(
		context,
		events,
		options.verifyAgainstBucket !== false,
	);
	// Chosen after the look into the bucket, which may have turned one kind into the other.
	const items = verified.filter(({ event }) => rules.events.includes(event));
	if (items.length === 0) return NOTHING;
	return { ...NOTHING, workflowData: [items.map((item) => ({ json: asJson(item) }))] };
}

async function confirm(context: IWebhookFunctions, url: string): Promise<IWebhookResponseData> {
	const allowed = context.getNodeParameter('options.confirmSubscriptions', true) as boolean;
	if (!allowed || !isTrustedSnsUrl(url)) {
		const message = allowed
			? 'The confirmation link does not lead to AWS'
			: 'Confirming subscriptions is turned off in this node';
		return reply(context, 400, { error: { code: 'BAD_REQUEST', message } });
	}
	try {
		await context.helpers.httpRequest({ method: 'GET', url, disableFollowRedirect: true });
	} catch {
		// The link holds a token: say that it failed, not where it led. SNS repeats its request.
		throw new NodeOperationError(context.getNode(), 'AWS SNS did not confirm the subscription');
	}
	return reply(context, 200, { ok: true, confirmed: true });
}

/** n8n parses JSON, form and XML bodies, but signatures and text/plain need the bytes as sent. */
async function readRawBody(context: IWebhookFunctions): Promise<Buffer> {
	const request = context.getRequestObject();
	if (request.rawBody === undefined) await request.readRawBody?.();
	return request.rawBody ?? Buffer.alloc(0);
}

function reply(
	context: IWebhookFunctions,
	status: number,
	body: IDataObject,
): IWebhookResponseData {
	context.getResponseObject().status(status).json(body);
	return NOTHING;
}
