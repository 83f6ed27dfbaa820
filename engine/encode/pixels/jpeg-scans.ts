const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const FIRST_RESTART = 0xd0;
const LAST_RESTART = 0xd7;

/** How many scans (SOS markers) a JPEG file holds, 1 unless it is progressive or not interleaved. */
export function countScans(bytes: Uint8Array): number {
	let scans = 0;
	for (
		let at = bytes.indexOf(0xff);
		at >= 0 && at + 1 < bytes.length;
		at = bytes.indexOf(0xff, at)
	) {
		const marker = bytes[at + 1]!;
		if (marker === END_OF_IMAGE) break;
		if (marker === 0xff) {
			at++;
			continue;
		}
		if (marker === START_OF_SCAN) scans++;
		const alone = marker <= 0x01 || marker === 0xd8 || isRestart(marker);
		// A segment's length counts itself; the coded data after an SOS is searched byte by byte.
		at += alone ? 2 : 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
	}
	return scans;
}

function isRestart(marker: number): boolean {
	return marker >= FIRST_RESTART && marker <= LAST_RESTART;
}
