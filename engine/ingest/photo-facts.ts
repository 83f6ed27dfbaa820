import type { ImageSize } from '../encode/encoder';
import type { PhotoFacts } from '../service/contract';
import { readPhotoMetadata } from './photo-metadata';

/**
 * Everything known about a photo: what the bucket and the uploader say, over what the file says
 * itself. Never throws.
 *
 * @param image pixels after orientation, as the encoder answers them
 * @param facts as a fetched object carries them; absent for bytes from elsewhere
 */
export function buildPhotoFacts<Facts extends PhotoFacts = PhotoFacts>(
	bytes: Buffer,
	image?: ImageSize,
	facts?: Facts,
): PhotoFacts & Facts {
	const { width, height } = image ?? {};
	const size = image && { width, height };
	return { ...readPhotoMetadata(bytes), ...(facts as Facts), ...size };
}
