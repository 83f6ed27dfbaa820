import { timingSafeEqual, createHash } from 'node:crypto';
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, {
	LogController,
	type FastifyBaseLogger,
	type FastifyError,
	type FastifyInstance,
	type FastifyReply,
	type FastifyRequest,
	type RawReplyDefaultExpression,
	type RawRequestDefaultExpression,
	type RawServerDefault,
} from 'fastify';
import { EngineError } from '../errors';
import { MAX_OBJECT_BYTES } from '../ingest/s3-body';
import { VERSION } from '../version';
import type { Activity } from './activity';
import type { Engine } from './engine';
import { createMetrics } from './metrics';
import { bucketRoutes } from './routes/buckets';
import { embedRoutes } from './routes/embed';
import { generationRoutes } from './routes/generations';
import { imageRoutes } from './routes/images';
import { indexOperationRoutes } from './routes/index-operations';
import { indexRoutes } from './routes/indexes';
import { jobRoutes } from './routes/jobs';
import { modelRoutes } from './routes/models';
import { operationRoutes } from './routes/operations';
import { runtimeRoutes } from './routes/runtime';
import { searchRoutes } from './routes/search';
import { invalid } from './validation-message';

/** Fastify with our logger and TypeBox, which every route plugin receives. */
export type App = FastifyInstance<
	RawServerDefault,
	RawRequestDefaultExpression,
	RawReplyDefaultExpression,
	FastifyBaseLogger,
	TypeBoxTypeProvider
>;

export interface AppOptions {
	engine: Engine;
	activity: Activity;
	/** Starts an orderly end of the process. */
	stop(reason: string): void;
	/** True from then on: new work is refused with `ENGINE_STOPPING`. */
	stopping(): boolean;
}

/** A photo's bytes in base64, and room for the JSON around them. */
const BODY_LIMIT = Math.ceil((MAX_OBJECT_BYTES * 4) / 3) + 1024 * 1024;
/** Ids are up to 1,024 characters, percent-encoded up to three bytes for each of four. */
const MAX_PARAM_LENGTH = 12 * 1024;
/** For probes; a stranger learns that something runs, and nothing of the photos. */
const OPEN_ROUTES = new Set(['/healthz', '/readyz']);

export async function createApp(options: AppOptions): Promise<App> {
	const { engine, activity } = options;
	const app = Fastify({
		loggerInstance: engine.log as FastifyBaseLogger,
		logController: new LogController({ disableRequestLogging: true }),
		bodyLimit: BODY_LIMIT,
		// Names like "__proto__" are names: one in a photo's metadata must not refuse its whole batch.
		// Bodies are read field by field and never merged into other objects.
		onProtoPoisoning: 'ignore',
		onConstructorPoisoning: 'ignore',
		routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
		// Parse, don't guess: a number where a text belongs is an error, not a text.
		ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
		// What no route was found for: an address that is no text in UTF-8, or too long.
		frameworkErrors: (error, _request, reply) => {
			answer(reply as FastifyReply, asKnown(error));
		},
	}).withTypeProvider<TypeBoxTypeProvider>();
	const metrics = createMetrics(engine.indexes);

	app.addHook('onRequest', async (request, reply) => {
		activity.begin();
		// 'close' comes once, whether the answer was sent or the client went away.
		reply.raw.once('close', () => activity.end());
		if (isTcp(request) && !OPEN_ROUTES.has(request.url))
			requireToken(request, engine.config.tcp?.token);
		if (options.stopping()) {
			void reply.header('connection', 'close');
			throw new EngineError('ENGINE_STOPPING', 'The engine is stopping. Try again in a moment.');
		}
	});
	app.addHook('onResponse', async (request, reply) => {
		const route = request.routeOptions.url ?? 'unknown';
		metrics.observe(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
		const level = reply.statusCode >= 500 ? 'warn' : route === '/healthz' ? 'trace' : 'debug';
		// The route, never the URL: an id or a query is the user's business.
		request.log[level](
			{
				method: request.method,
				route,
				status: reply.statusCode,
				ms: Math.round(reply.elapsedTime),
			},
			'request',
		);
	});

	app.setErrorHandler((error: FastifyError | EngineError, request, reply) => {
		const known = asKnown(error);
		if (known.code === 'INTERNAL') request.log.error({ err: error }, 'unexpected error');
		answer(reply, known);
	});
	app.setNotFoundHandler((request, reply) => {
		const error = new EngineError(
			'NOT_FOUND',
			`There is no ${request.method} ${request.url.split('?')[0]} in this API. See /openapi.json.`,
		);
		answer(reply, error);
	});
	// Photos arrive as they are, under whatever image type the sender knows.
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

	await app.register(swagger, {
		openapi: {
			info: { title: 'Semantic image search engine', version: VERSION },
			components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
			security: [{ token: [] }],
		},
	});
	await app.register(async (scope) => {
		const typed = scope.withTypeProvider<TypeBoxTypeProvider>() as App;
		operationRoutes(typed, options, metrics);
		modelRoutes(typed, engine);
		embedRoutes(typed, engine);
		indexRoutes(typed, engine);
		imageRoutes(typed, engine);
		generationRoutes(typed, engine);
		searchRoutes(typed, engine);
		bucketRoutes(typed, engine);
		jobRoutes(typed, engine);
		runtimeRoutes(typed, engine);
		indexOperationRoutes(typed, engine);
	});
	return app as App;
}

/** Aborts when the client hangs up, so that nobody computes for nobody. */
export function signalOf(reply: FastifyReply): AbortSignal {
	const controller = new AbortController();
	reply.raw.once('close', () => {
		if (!reply.raw.writableFinished) controller.abort();
	});
	return controller.signal;
}

/** The local socket is guarded by its file mode; only TCP has a port. */
export function isTcp(request: FastifyRequest): boolean {
	return request.raw.socket.localPort !== undefined;
}

function requireToken(request: FastifyRequest, token: string | undefined): void {
	const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
	// Digests have one length, so that timingSafeEqual tells nothing about the token's.
	const digest = (text: string) => createHash('sha256').update(text).digest();
	if (!token || !given || !timingSafeEqual(digest(given), digest(token))) {
		throw new EngineError(
			'UNAUTHORIZED',
			'The token is missing or wrong. Set the one from SEMANTIC_IMAGE_SEARCH_TOKEN in the credential.',
		);
	}
}

function answer(reply: FastifyReply, error: EngineError): void {
	void reply.status(error.status).send({ error: error.toJSON() });
}

function asKnown(error: FastifyError | EngineError): EngineError {
	if (error instanceof EngineError) return error;
	if (error.name === 'AbortError') return new EngineError('CANCELLED', 'The call was cancelled.');
	if (error.validation) return invalid(error.validation);
	if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
		return new EngineError(
			'IMAGE_TOO_LARGE',
			`The request is larger than ${Math.floor(BODY_LIMIT / 1e6)} MB. Send fewer or smaller photos.`,
		);
	}
	if (typeof error.statusCode === 'number' && error.statusCode < 500) {
		return new EngineError('BAD_REQUEST', error.message);
	}
	return new EngineError(
		'INTERNAL',
		'The engine met an unexpected error. Its log has the details.',
		undefined,
		{ cause: error },
	);
}
