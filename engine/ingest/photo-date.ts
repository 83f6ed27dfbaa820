/** A wall-clock time and, if the camera knew it, its distance from UTC. */
export interface PhotoDate {
	/** `2016-04-19T14:49:49` */
	local: string;
	/** `+02:00` or `Z` */
	offset: string | undefined;
}

const DATE_TIME =
	/^\s*(\d{4})[-:/.](\d{2})[-:/.](\d{2})(?:[T ]+(\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d*)?\s*(Z|[+-]\d{2}:?\d{2})?)?/;

/**
 * EXIF's `2016:04:19 14:49:49`, XMP's and IPTC's ISO dates. Undefined for zeros, blanks, dates that
 * do not exist and dates without a day: an unknown date is better than a wrong one.
 */
export function readDate(text: unknown, offset?: unknown): PhotoDate | undefined {
	const parts = typeof text === 'string' ? DATE_TIME.exec(text) : null;
	if (!parts) return undefined;
	const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00'] = parts;
	const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
	const date = new Date(`${iso}Z`);
	// 31 February would roll over into March.
	if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso)) return undefined;
	// Photography begins in 1826; a clock that was never set says 1980 or so, which may be true.
	if (Number(year) < 1826 || Number(year) > 2200) return undefined;
	return { local: iso, offset: readOffset(parts[7] ?? offset) };
}

/** ISO 8601; without an offset where the file does not say. */
export function formatDate({ local, offset }: PhotoDate): string {
	return local + (offset ?? '');
}

function readOffset(text: unknown): string | undefined {
	const parts = typeof text === 'string' ? /^\s*(?:(Z)|([+-])(\d{2}):?(\d{2}))/.exec(text) : null;
	if (!parts) return undefined;
	const [, zulu, sign, hours = '', minutes = ''] = parts;
	if (zulu) return 'Z';
	return Number(hours) <= 14 && Number(minutes) < 60 ? `${sign}${hours}:${minutes}` : undefined;
}
