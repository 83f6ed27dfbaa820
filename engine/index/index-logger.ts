/** The part of a logger (pino's, console) that the index speaks to. */
export interface IndexLogger {
	info(message: string): void;
	warn(message: string): void;
	error(message: string): void;
}

export const SILENT: IndexLogger = { info: () => {}, warn: () => {}, error: () => {} };
