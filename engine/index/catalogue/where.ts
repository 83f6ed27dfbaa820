/** A condition over the table `photos`, and what its question marks stand for. */
export interface Where {
	sql: string;
	values: (string | number)[];
}

/** All of them. */
export function allOf(conditions: Where[]): Where | undefined {
	if (conditions.length === 0) return undefined;
	return {
		sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
		values: conditions.flatMap(({ values }) => values),
	};
}
