import { foldLabel } from './labels';

/** Longer than any camera's name; the index need not carry more. */
const MAX_LENGTH = 200;

/**
 * Make and model of the camera in the form in which they are compared, as `metadata.camera` says
 * them: a text, or `{make, model}`. `null` if it does not.
 */
export function cameraOf(metadata: Record<string, unknown> | undefined): string | null {
	const camera = metadata?.camera;
	const { make, model } = (typeof camera === 'object' && camera !== null ? camera : {}) as {
		make?: unknown;
		model?: unknown;
	};
	const parts = typeof camera === 'string' ? [camera] : [make, model];
	const words = parts.filter((part) => typeof part === 'string').join(' ');
	return foldLabel(words).slice(0, MAX_LENGTH) || null;
}
