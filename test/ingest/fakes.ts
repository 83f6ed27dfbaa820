import { createHash } from 'node:crypto';

import type { Encoder, ImageEmbedding } from '../../engine/encode/encoder';
import { EngineError } from '../../engine/errors';
import { clearingOldFacts, isOtherFile } from '../../engine/index/catalogue/replaced-file';
import type {
	Generation,
	PhotoRecord,
	StoredPhoto,
	StoredVector,
	VectorIndex,
	VectorKind,
} from '../../engine/index/vector-index';
import { photoId } from '../../engine/ingest/s3-path';
import type { FetchedObject, PhotoSource } from '../../engine/ingest/photo-source';
import type { BucketObject, PhotoFilter } from '../../engine/service/contract';

/** A bucket in memory, with faults to order. */
export class FakeSource implements PhotoSource {
	readonly objects = new Map<string, string>();
	/** Called before each call; may throw or wait. */
	fault: (call: 'list' | 'fetch', key: string) => void | Promise<void> = () => undefined;
	fetched: string[] = [];
	listings = 0;

	constructor(
		readonly bucket: string,
		objects: Record<string, string> = {},
	) {
		for (const [key, body] of Object.entries(objects)) this.objects.set(key, body);
	}

	listBuckets(): Promise<string[]> {
		return Promise.resolve([this.bucket]);
	}

	async list(
		_bucket: string,
		options: { prefix?: string; startAfter?: string; limit?: number } = {},
	): Promise<{ objects: BucketObject[]; next: string | null }> {
		await this.fault('list', options.startAfter ?? '');
		if (!options.startAfter) this.listings += 1;
		const keys = [...this.objects.keys()]
			.filter((key) => key.startsWith(options.prefix ?? '') && key > (options.startAfter ?? ''))
			.sort();
		const page = keys.slice(0, options.limit ?? 1_000);
		return {
			objects: page.map((key) => this.describe(key)),
			next: keys.length > page.length ? (page.at(-1) ?? null) : null,
		};
	}

	head(): Promise<BucketObject | undefined> {
		return Promise.resolve(undefined);
	}

	async fetch(s3Path: string): Promise<FetchedObject> {
		const key = s3Path.slice(`s3://${this.bucket}/`.length);
		await this.fault('fetch', key);
		this.fetched.push(key);
		const body = this.objects.get(key);
		if (body === undefined) throw new EngineError('OBJECT_NOT_FOUND', 'gone');
		const { s3_path, etag, size } = this.describe(key);
		return { bytes: Buffer.from(body), facts: { s3_path, etag, size, title: `Title of ${key}` } };
	}

	presign(): Promise<string> {
		return Promise.reject(new Error('not needed'));
	}

	private describe(key: string): BucketObject {
		const body = this.objects.get(key) ?? '';
		const etag = createHash('md5').update(body).digest('hex');
		const s3_path = `s3://${this.bucket}/${key}`;
		return { bucket: this.bucket, key, s3_path, etag, size: body.length };
	}
}

/** Embeds any bytes but those that begin with `bad`. */
export class FakeEncoder implements Encoder {
	embedded = 0;

	constructor(readonly model = 'fake@1') {}

	info() {
		return Promise.resolve({ model: this.model, imageSize: 8 });
	}

	embedImage(bytes: Uint8Array): Promise<ImageEmbedding> {
		if (Buffer.from(bytes).toString().startsWith('bad')) {
			return Promise.reject(new EngineError('NOT_AN_IMAGE', 'This is not an image.'));
		}
		this.embedded += 1;
		return Promise.resolve({ embedding: Float32Array.of(1, 0, 0, 0), width: 4, height: 3 });
	}

	embedText(): Promise<Float32Array> {
		return Promise.resolve(Float32Array.of(1, 0, 0, 0));
	}
}

type Held = PhotoRecord & { revision: number };

/** As much of a VectorIndex as ingest uses, in a Map. */
export class FakeIndex implements Partial<Omit<VectorIndex, 'photos'>> {
	readonly name = 'photos';
	readonly photos = new Map<string, Held>();
	upserts: number[] = [];
	failUpsert: Error | undefined;

	upsert(photos: PhotoRecord[]): Promise<('created' | 'updated' | Error)[]> {
		if (this.failUpsert) return Promise.reject(this.failUpsert);
		this.upserts.push(photos.length);
		return Promise.resolve(
			photos.map((photo) => {
				const before = this.photos.get(photo.id);
				const revision = (before?.revision ?? 0) + 1;
				const isReplaced = before && photo.isOfAFile && isOtherFile(before, photo);
				const record = isReplaced ? clearingOldFacts(photo) : photo;
				this.photos.set(photo.id, { ...before, ...record, revision });
				return before ? 'updated' : 'created';
			}),
		);
	}

	delete(ids: string[]): Promise<string[]> {
		return Promise.resolve(ids.filter((id) => this.photos.delete(id)));
	}

	getMany(ids: string[]): Promise<Map<string, StoredPhoto>> {
		const found = ids.flatMap((id) => {
			const photo = this.photos.get(id);
			if (!photo) return [];
			const stored = { ...photo, has_image_vector: photo.image != null } as unknown as StoredPhoto;
			return [[id, stored] as const];
		});
		return Promise.resolve(new Map(found));
	}

	ids(filter: PhotoFilter, page: { after?: string; limit?: number } = {}): Promise<string[]> {
		const start = photoId(filter.bucket ?? '', filter.prefix ?? '');
		return Promise.resolve(
			[...this.photos.values()]
				.filter(({ s3_path }) => s3_path?.startsWith(`s3://${start}`))
				.map(({ id }) => id)
				.sort()
				.filter((id) => id > (page.after ?? ''))
				.slice(0, page.limit),
		);
	}

	owedTexts(limit: number) {
		const owed = [...this.photos.values()].filter(isOwed);
		return Promise.resolve(
			owed.slice(0, limit).map(({ id, title, revision }) => ({ id, text: title ?? '', revision })),
		);
	}

	payTexts(payments: { id: string; revision: number; text: StoredVector }[]): Promise<number> {
		let kept = 0;
		for (const { id, revision, text } of payments) {
			const photo = this.photos.get(id);
			if (photo?.revision !== revision) continue;
			this.photos.set(id, { ...photo, text });
			kept += 1;
		}
		return Promise.resolve(kept);
	}

	holding(kind: VectorKind, model: string, ids: string[]): Promise<Set<string>> {
		return Promise.resolve(
			new Set(ids.filter((id) => this.photos.get(id)?.[kind]?.model === model)),
		);
	}

	generations(): Promise<Generation[]> {
		return Promise.resolve([]);
	}

	model(): string | null {
		return [...this.photos.values()].find(({ image }) => image)?.image?.model ?? null;
	}

	stats() {
		const owed = [...this.photos.values()].filter(isOwed).length;
		return Promise.resolve({ textOwed: owed } as Awaited<ReturnType<VectorIndex['stats']>>);
	}

	asIndex(): VectorIndex {
		return this as unknown as VectorIndex;
	}
}

function isOwed({ title, text }: PhotoRecord): boolean {
	return Boolean(title) && !text;
}
