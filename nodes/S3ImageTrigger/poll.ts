import {
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';
import type { EngineClient, PollWatchRequest, PollWatchResponse } from '../../engine/client';
import { s3Connection } from '../shared/credentials';
import { connect } from '../shared/engine';
import { toNodeError } from '../shared/errors';
import { asJson, optionalText } from '../shared/values';

const DEFAULT_BATCH_SIZE = 100;
/** Enough to build the rest of the workflow with. */
const MANUAL_SAMPLE = 3;
/** Stop fetching this long before n8n abandons the poll. */
const BUDGET_RESERVE_MS = 30_000;
/** n8n's own default, for versions that do not say. */
const DEFAULT_BUDGET_MS = 300_000;

/** All that n8n keeps between polls: what was handed over. What is in the bucket, the engine knows. */
interface Cursor extends IDataObject {
	ack?: string;
	/** The watched place the acknowledgement belongs to. */
	place?: string;
}

export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		const request = await readRequest(context);
		const engine = await connect(context);
		return context.getMode() === 'manual'
			? await sample(context, engine, request)
			: await changes(context, engine, request);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

async function readRequest(context: IPollFunctions): Promise<PollWatchRequest> {
	const s3 = await s3Connection(context);
	const bucket = optionalText(context.getNodeParameter('bucket', '', { extractValue: true }));
	if (!s3) throw new NodeOperationError(context.getNode(), 'Choose an S3 credential');
	if (!bucket) throw new NodeOperationError(context.getNode(), 'Choose a bucket');
	return {
		watch: watchName(context),
		s3,
		bucket,
		prefix: optionalText(context.getNodeParameter('prefix', '')),
		existing: context.getNodeParameter('existing', 'report') as PollWatchRequest['existing'],
		limit: context.getNodeParameter('options.batchSize', DEFAULT_BATCH_SIZE) as number,
		index: optionalText(context.getNodeParameter('options.indexedIn', '')),
	};
}

/** Stable for this node of this workflow, in the alphabet the engine accepts. */
function watchName(context: IPollFunctions): string {
	const name = `${context.getWorkflow().id ?? 'unsaved'}-${context.getNode().id}`;
	return name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 128);
}

async function changes(
	context: IPollFunctions,
	engine: EngineClient,
	request: PollWatchRequest,
): Promise<INodeExecutionData[][] | null> {
	const cursor = context.getWorkflowStaticData('node') as Cursor;
	const place = `${request.bucket}/${request.prefix ?? ''}`;
	if (cursor.place !== place) {
		delete cursor.ack;
		cursor.place = place;
	}

	const wanted = context.getNodeParameter('events', []) as string[];
	const deadline =
		Date.now() + (context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS) - BUDGET_RESERVE_MS;
	for (;;) {
		const answer = await engine.pollWatch({ ...request, ack: cursor.ack });
		logHints(context, answer);
		// Acknowledged by the next poll only: should n8n die before it has started the workflow, this
		// cursor is not saved and the same changes come again.
		if (answer.token) cursor.ack = answer.token;
		else delete cursor.ack;

		const items = answer.changes.filter(({ event }) => wanted.includes(event));
		if (items.length > 0) return [items.map((change) => ({ json: asJson(change) }))];
		if (!answer.more || Date.now() >= deadline) return null;
	}
}

/** A manual run shows what is there and acknowledges nothing: the real polls still report it. */
async function sample(
	context: IPollFunctions,
	engine: EngineClient,
	{ s3, bucket, prefix }: PollWatchRequest,
): Promise<INodeExecutionData[][]> {
	const { objects } = await engine.listObjects({ s3, bucket, prefix, limit: MANUAL_SAMPLE });
	if (objects.length === 0) {
		throw new NodeOperationError(
			context.getNode(),
			`There are no photos in “${bucket}”${prefix ? ` under “${prefix}”` : ''} to show`,
			{ description: 'Upload one and test again, or check bucket and prefix.' },
		);
	}
	return [objects.map((object) => ({ json: asJson({ event: 'created', ...object }) }))];
}

function logHints(context: IPollFunctions, { hints }: PollWatchResponse): void {
	for (const hint of hints) context.logger.info(`S3 Image Trigger: ${hint}`);
}
