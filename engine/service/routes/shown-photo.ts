import type { StoredPhoto } from '../../index/vector-index';
import type { PhotoSource } from '../../ingest/photo-source';
import type { S3Connection, ShownPhoto } from '../contract';
import type { Engine } from '../engine';

const DEFAULT_URL_EXPIRY_S = 3600;

/** What an answer to a search says of a photo, with a link to it where the storage is known. */
export function photoShower(
	engine: Engine,
	{ s3, url_expires_in = DEFAULT_URL_EXPIRY_S }: { s3?: S3Connection; url_expires_in?: number },
): (photo: StoredPhoto) => Promise<ShownPhoto> {
	const source = s3 && engine.sources.source(s3);
	return async (photo) => ({
		title: photo.title ?? null,
		s3_path: photo.s3_path ?? null,
		url: photo.s3_path && source ? await linkTo(source, photo.s3_path, url_expires_in) : null,
		description: photo.description ?? null,
		tags: photo.tags,
		people: photo.people,
		taken_at: photo.taken_at ?? null,
		width: photo.width ?? null,
		height: photo.height ?? null,
		metadata: photo.metadata,
	});
}

/** One photo that cannot be linked to must not cost the others their answer. */
async function linkTo(
	source: PhotoSource,
	s3Path: string,
	expiresIn: number,
): Promise<string | null> {
	return source.presign(s3Path, expiresIn).catch(() => null);
}
