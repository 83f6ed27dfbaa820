import type { FastifyReply, FastifyRequest } from 'fastify';
import PQueue from 'p-queue';
import { giveBack } from '../../encode/give-back';
import { EngineError, asEngineError } from '../../errors';
import { buildPhotoFacts } from '../../ingest/photo-facts';
import { checkQuery } from '../../search/query-text';
import type { FetchedObject, PhotoSource } from '../../ingest/photo-source';
import { signalOf, type App } from '../app';
import {
	EmbedBatchRequest,
	EmbedBatchResponse,
	EmbedImageQuery,
	EmbedImageRequest,
	EmbedImageResponse,
	EmbedTextRequest,
	EmbedTextResponse,
	type ErrorItem,
	type S3Connection,
} from '../contract';
import type { Engine } from '../engine';

/** Photos waiting for the encoder; beyond it a caller is told to slow down. */
const MAX_PENDING = 128;
/**
 * Objects being fetched and embedded at once, over all requests: enough to keep the encoder busy
 * behind a slow network, few enough that a burst of events does not pile photos up in memory.
 */
const IN_HAND = 8;

export function embedRoutes(app: App, engine: Engine): void {
	const { encoder } = engine;
	const inHand = new PQueue({ concurrency: IN_HAND });

	app.post(
		'/embed-image',
		{
			schema: { querystring: EmbedImageQuery, response: { 200: EmbedImageResponse } },
			// Two kinds of body under one path: validated by hand below, since a Buffer has no schema.
		},
		async (request, reply) => {
			requireRoom();
			const signal = signalOf(reply);
			if (Buffer.isBuffer(request.body)) {
				return embed(undefined, request.body, request.query.model, signal);
			}
			const { image_path, model, s3 } = asImageRequest(request as FastifyRequest);
			const object = await sourceOf(engine, s3).fetch(image_path, signal);
			return embed(object, object.bytes, model, signal);
		},
	);

	app.post(
		'/embed-batch',
		{ schema: { body: EmbedBatchRequest, response: { 200: EmbedBatchResponse } } },
		async (request, reply) => embedBatch(request.body, reply),
	);

	app.post(
		'/embed-text',
		{ schema: { body: EmbedTextRequest, response: { 200: EmbedTextResponse } } },
		async (request, reply) => {
			const { model: id } = request.body;
			const text = checkQuery(request.body.text);
			const { model, hints } = await encoder.info(id);
			const vector = await encoder.embedText(text, { model: id, signal: signalOf(reply) });
			return { embedding: [...vector], model, dimension: vector.length, hints };
		},
	);

	async function embed(
		object: FetchedObject | undefined,
		bytes: Buffer,
		id: string | undefined,
		signal: AbortSignal,
	) {
		const { model, hints } = await encoder.info(id);
		const { embedding, width, height } = await encoder.embedImage(bytes, { model: id, signal });
		const image = buildPhotoFacts(bytes, { width, height }, object?.facts);
		giveBack(bytes);
		return { embedding: [...embedding], model, dimension: embedding.length, image, hints };
	}

	async function embedBatch(
		body: EmbedBatchRequest,
		reply: FastifyReply,
	): Promise<EmbedBatchResponse> {
		requireRoom();
		const { image_paths: paths, model: id, s3 } = body;
		const signal = signalOf(reply);
		const { model, hints } = await encoder.info(id);
		const source = sourceOf(engine, s3);
		const embeddings: EmbedBatchResponse['embeddings'] = paths.map(() => null);
		const images: EmbedBatchResponse['images'] = paths.map(() => null);
		const errors: ErrorItem[] = [];
		const embedOne = async (image_path: string, index: number) => {
			try {
				signal.throwIfAborted();
				const object = await source.fetch(image_path, signal);
				const result = await embed(object, object.bytes, id, signal);
				embeddings[index] = result.embedding;
				images[index] = result.image;
			} catch (error) {
				signal.throwIfAborted();
				const { code, message } = asEngineError(error);
				errors.push({ index, image_path, code, message });
			}
		};
		await Promise.all(paths.map((path, index) => inHand.add(() => embedOne(path, index))));
		return {
			embeddings,
			images,
			model,
			dimension: (embeddings.find(Boolean) ?? (await encoder.embedText('', { model: id }))).length,
			errors: errors.sort((a, b) => a.index - b.index),
			hints,
		};
	}

	function requireRoom(): void {
		if (encoder.pending >= MAX_PENDING) {
			throw new EngineError(
				'BUSY',
				`${encoder.pending} photos wait already. Try again in a moment, or send fewer at once.`,
			);
		}
	}
}

/** @throws EngineError `S3_CREDENTIALS_MISSING` */
export function sourceOf(engine: Engine, s3: S3Connection | undefined): PhotoSource {
	if (!s3) {
		throw new EngineError(
			'S3_CREDENTIALS_MISSING',
			'An s3:// path needs S3 credentials. Choose an S3 credential in the node.',
		);
	}
	return engine.sources.source(s3);
}

/** By hand, since the other kind of body is bytes. @throws EngineError `BAD_REQUEST` */
function asImageRequest(request: FastifyRequest): EmbedImageRequest {
	if (request.validateInput(request.body, EmbedImageRequest)) {
		return request.body as EmbedImageRequest;
	}
	throw new EngineError(
		'BAD_REQUEST',
		'Send the bytes of an image, or JSON with image_path (s3://bucket/key) and an s3 connection.',
	);
}
