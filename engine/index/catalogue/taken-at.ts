/** When a photo was taken, as cameras and people say it. */
export interface TakenAt {
	/** Milliseconds since 1970 as the clock on the wall showed it, read as if it were UTC. */
	wall: number;
	/** The instant; without a zone in the text, the same as `wall`. */
	instant: number;
	hasZone: boolean;
}

const ISO =
	/^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?)?)?$/i;

/**
 * Reads ISO 8601, also shortened to a day, a month or a year (their first moment).
 *
 * @returns `undefined` if it is no such date
 */
export function parseTakenAt(text: string): TakenAt | undefined {
	const match = ISO.exec(text.trim());
	if (!match) return undefined;
	const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', zone] = match;
	const wall = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
	// Date.parse takes February 31 for March 3.
	if (Number.isNaN(wall) || new Date(wall).getUTCDate() !== Number(day)) return undefined;
	return { wall, instant: wall - offsetOf(zone), hasZone: zone !== undefined };
}

function offsetOf(zone: string | undefined): number {
	if (!zone || zone.toUpperCase() === 'Z') return 0;
	const digits = zone.slice(1).replace(':', '');
	const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
	return (zone.startsWith('-') ? -1 : 1) * minutes * 60_000;
}
