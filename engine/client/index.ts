/** The one door to the engine for everything that runs inside n8n. Nothing native behind it. */
import { EngineClient } from './engine-client';
import type { EngineTarget } from './engine-connection';

const clients = new Map<string, EngineClient>();

/** The client for a target, kept so that calls share connections and one start-up. */
export function engineClient(target: EngineTarget): EngineClient {
	const key = JSON.stringify(target);
	let client = clients.get(key);
	if (!client) {
		client = new EngineClient(target);
		clients.set(key, client);
	}
	return client;
}

export { EngineClient } from './engine-client';
export type { EngineTarget } from './engine-connection';
export { EngineError, type ErrorCode } from '../errors';
export { whyInWords } from './why-in-words';
export type * from '../service/contract';
export { isPhotoKey } from '../ingest/s3-path';
export {
	isTrustedSnsUrl,
	parseBucketEvents,
	verifyB2Signature,
	verifyBearer,
	type BucketEvent,
} from '../ingest/bucket-events';
