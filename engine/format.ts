/** Decimal units, as download pages and disks count: `813 MB`. */
export function formatBytes(bytes: number): string {
	if (bytes >= 10e9) return `${(bytes / 1e9).toFixed(0)} GB`;
	if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
	if (bytes >= 10e6) return `${(bytes / 1e6).toFixed(0)} MB`;
	if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`;
	return `${Math.round(bytes / 1e3)} kB`;
}

/** In the unit that suits: `40 s`, `12 min`, `1.5 h`. */
export function formatDuration(seconds: number): string {
	if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
	if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
	return `${(seconds / 3600).toFixed(1)} h`;
}
