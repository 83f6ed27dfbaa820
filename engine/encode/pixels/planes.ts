import type { PixelRules } from '../models/model-folder';

/** 8-bit RGB rows to the normalised planes [3, size, size] of the image tower. */
export function toPlanes(pixels: Uint8Array, rules: PixelRules): Float32Array {
	const area = rules.imageSize * rules.imageSize;
	const planes = new Float32Array(3 * area);
	for (let channel = 0; channel < 3; channel++) {
		const table = Float32Array.from(
			{ length: 256 },
			(_, level) => (level * rules.rescale - rules.mean[channel]!) / rules.std[channel]!,
		);
		const offset = channel * area;
		for (let i = 0; i < area; i++) planes[offset + i] = table[pixels[i * 3 + channel]!]!;
	}
	return planes;
}
