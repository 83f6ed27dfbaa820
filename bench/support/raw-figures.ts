import { rate, ratio } from './interleave';
import type { Slice } from './slice';

/** A tower's turns in both arrangements. */
export interface RawTurns {
	/** One session on all threads. */
	one: Slice[];
	/** Two at the same time, each on half of the threads; absent where that was not measured. */
	sideBySide?: Slice[];
}

export interface RawFigures {
	rawImgPerS: number;
	rawSideBySideImgPerS: number | null;
	rawFp32ImgPerS: number;
	rawFp32SideBySideImgPerS: number | null;
	/** Each in its faster arrangement. */
	int8Speedup: number | null;
	/** Both as one session on all threads. */
	int8SpeedupOneSession: number | null;
}

/** Of the image tower alone, the 8-bit one where there is one. */
export function rawFigures(fp32: RawTurns, int8: RawTurns | undefined): RawFigures {
	const raw = int8 ?? fp32;
	return {
		rawImgPerS: rate(raw.one),
		rawSideBySideImgPerS: raw.sideBySide ? rate(raw.sideBySide) : null,
		rawFp32ImgPerS: rate(fp32.one),
		rawFp32SideBySideImgPerS: fp32.sideBySide ? rate(fp32.sideBySide) : null,
		int8Speedup: int8 ? speedup(fp32, int8) : null,
		int8SpeedupOneSession: int8 ? ratio(int8.one, fp32.one) : null,
	};
}

/** An arrangement that one precision was not measured in counts for neither. */
function speedup(fp32: RawTurns, int8: RawTurns): number {
	const both = fp32.sideBySide !== undefined && int8.sideBySide !== undefined;
	return both ? ratio(faster(int8), faster(fp32)) : ratio(int8.one, fp32.one);
}

function faster({ one, sideBySide = one }: RawTurns): Slice[] {
	return rate(sideBySide) > rate(one) ? sideBySide : one;
}
