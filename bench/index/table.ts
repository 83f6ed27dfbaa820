const WIDTH = 34;

/** Prints nested figures as lines of name and value; the names of figures inside others follow theirs. */
export function printTable(figures: object): void {
	for (const [name, value] of rows(figures, '')) {
		process.stdout.write(`${name.padEnd(WIDTH)} ${value}\n`);
	}
}

function rows(figures: object, prefix: string): [string, string][] {
	return Object.entries(figures).flatMap(([key, value]: [string, unknown]): [string, string][] => {
		const name = prefix ? `${prefix} ${key}` : key;
		if (value === null) return [[name, '–']];
		if (typeof value !== 'object') return [[name, String(value)]];
		const inner = Object.entries(value);
		// What holds nothing that is nested fits on one line.
		if (inner.every(([, each]) => typeof each !== 'object' || each === null)) {
			return [[name, inner.map(([key, each]) => `${key} ${String(each ?? '–')}`).join('  ')]];
		}
		return rows(value, name);
	});
}
