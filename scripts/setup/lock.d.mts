export function withLock<T>(
	file: string,
	work: () => Promise<T>,
	onWait?: (text: string) => void,
): Promise<T>;
