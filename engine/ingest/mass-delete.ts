/** Fewer known photos than this, and losing most of them is an ordinary afternoon. */
const SMALL = 10;

/**
 * Whether a listing that lacks `missing` of `known` objects looks like a wrong prefix, an unmounted
 * disk or a bucket being restored rather than like someone deleting photos: more than half of ten or
 * more (rclone bisync's rule).
 */
export function isMassDelete(known: number, missing: number): boolean {
	return known >= SMALL && missing > known / 2;
}
