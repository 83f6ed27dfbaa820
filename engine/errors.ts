/**
 * What can go wrong, by name. `status` is the HTTP status the service answers with; `retry` says
 * whether the same call may succeed later without anyone changing anything.
 */
const KINDS = {
	BAD_REQUEST: { status: 400, retry: false },
	BAD_INDEX_NAME: { status: 400, retry: false },
	EMPTY_QUERY: { status: 400, retry: false },
	QUERY_TOO_LONG: { status: 400, retry: false },
	BAD_CURSOR: { status: 400, retry: false },
	BAD_KEY: { status: 400, retry: false },
	BAD_VECTOR: { status: 400, retry: false },
	VECTOR_LENGTH: { status: 400, retry: false },
	MODEL_MISMATCH: { status: 409, retry: false },
	GENERATION_EXISTS: { status: 409, retry: false },
	GENERATION_NOT_FOUND: { status: 404, retry: false },
	GENERATION_INCOMPLETE: { status: 409, retry: false },
	GENERATION_IN_USE: { status: 409, retry: false },
	FILE_EXISTS: { status: 409, retry: false },
	DISK_FULL: { status: 507, retry: true },
	DISK_ERROR: { status: 500, retry: true },
	INDEX_DAMAGED: { status: 500, retry: false },
	INDEX_IN_USE: { status: 409, retry: true },
	INDEX_FULL: { status: 507, retry: false },
	INDEX_READ_ONLY: { status: 500, retry: false },
	NETWORK_FILE_SYSTEM: { status: 500, retry: false },
	INDEX_EXISTS: { status: 409, retry: false },
	BAD_BACKUP_PATH: { status: 400, retry: false },
	BACKUP_NOT_FOUND: { status: 404, retry: false },
	BACKUP_BROKEN: { status: 422, retry: false },
	EXPORT_VERSION: { status: 422, retry: false },
	EXPORT_TRUNCATED: { status: 422, retry: false },
	EXPORT_CHANGED: { status: 422, retry: false },
	NOT_AN_IMAGE: { status: 422, retry: false },
	IMAGE_TRUNCATED: { status: 422, retry: false },
	IMAGE_EMPTY: { status: 422, retry: false },
	IMAGE_TOO_LARGE: { status: 413, retry: false },
	UNAUTHORIZED: { status: 401, retry: false },
	NOT_FOUND: { status: 404, retry: false },
	INDEX_NOT_FOUND: { status: 404, retry: false },
	IMAGE_NOT_FOUND: { status: 404, retry: false },
	VECTOR_NOT_FOUND: { status: 404, retry: false },
	OBJECT_NOT_FOUND: { status: 404, retry: false },
	BUCKET_NOT_FOUND: { status: 404, retry: false },
	MODEL_UNKNOWN: { status: 404, retry: false },
	MODEL_TOO_LARGE: { status: 422, retry: false },
	S3_CREDENTIALS_MISSING: { status: 400, retry: false },
	S3_ACCESS_DENIED: { status: 403, retry: false },
	S3_UNREACHABLE: { status: 502, retry: true },
	S3_ERROR: { status: 502, retry: true },
	OLLAMA_UNREACHABLE: { status: 502, retry: true },
	OLLAMA_MODEL_MISSING: { status: 424, retry: false },
	OLLAMA_ERROR: { status: 502, retry: true },
	MODEL_NOT_READY: { status: 503, retry: true },
	MODEL_OFFLINE: { status: 424, retry: false },
	MODEL_BROKEN: { status: 500, retry: false },
	MODEL_DOWNLOAD_FAILED: { status: 502, retry: true },
	RUNTIME_UNAVAILABLE: { status: 500, retry: false },
	MASS_DELETE_REFUSED: { status: 409, retry: false },
	BUSY: { status: 429, retry: true },
	ENGINE_UNREACHABLE: { status: 502, retry: true },
	ENGINE_INCOMPATIBLE: { status: 502, retry: false },
	ENGINE_STOPPING: { status: 503, retry: true },
	CANCELLED: { status: 499, retry: false },
	INTERNAL: { status: 500, retry: false },
} as const;

export type ErrorCode = keyof typeof KINDS;

/**
 * The one error class that crosses boundaries. `message` is a sentence a user can act on and never
 * holds a secret; `code` is stable and may be matched on; `details` is JSON.
 */
export class EngineError extends Error {
	constructor(
		readonly code: ErrorCode,
		message: string,
		readonly details?: Record<string, unknown>,
		options?: ErrorOptions,
	) {
		super(message, options);
		this.name = 'EngineError';
	}

	get status(): number {
		return KINDS[this.code].status;
	}

	get retryable(): boolean {
		return KINDS[this.code].retry;
	}

	toJSON(): ErrorBody {
		return { code: this.code, message: this.message, details: this.details };
	}
}

/** The shape of an error on the wire: `{error: ErrorBody}`. */
export interface ErrorBody {
	code: ErrorCode;
	message: string;
	details?: Record<string, unknown>;
}

/** The error that {@link EngineError.toJSON} described, on the other side of a boundary. */
export function fromErrorBody({ code, message, details }: ErrorBody): EngineError {
	return new EngineError(isErrorCode(code) ? code : 'INTERNAL', message, details);
}

/** Any thrown value as an {@link EngineError}; unknown ones become `INTERNAL`. */
export function asEngineError(error: unknown): EngineError {
	if (error instanceof EngineError) return error;
	return new EngineError('INTERNAL', messageOf(error), undefined, { cause: error });
}

/** What a thrown value says. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

export function isErrorCode(code: unknown): code is ErrorCode {
	return typeof code === 'string' && code in KINDS;
}
