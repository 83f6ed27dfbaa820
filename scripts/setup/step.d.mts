export const seconds: Record<string, number>;
export function step<T>(
	name: string,
	work: (say: (detail: string) => void) => Promise<T> | T,
): Promise<T>;
