import { createInterface } from 'node:readline';

/** What a child process does, by name. Arguments and results are plain JSON. */
export type LineHandlers = Record<string, (argument: never) => unknown>;

/**
 * Answers each line `{"call": NAME, "with": …}` of stdin, one after the other, with a line
 * `{"result": …}` or `{"error": TEXT}`; ends with its input.
 */
export async function answerLines(handlers: LineHandlers): Promise<void> {
	for await (const line of createInterface({ input: process.stdin })) {
		const { call, with: argument } = JSON.parse(line) as { call: string; with?: unknown };
		try {
			const handler = handlers[call] as ((argument: unknown) => unknown) | undefined;
			if (!handler) throw new Error(`there is no "${call}"`);
			say({ result: (await handler(argument)) ?? null });
		} catch (error) {
			say({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
		}
	}
	process.exit(0);
}

function say(answer: object): void {
	process.stdout.write(`${JSON.stringify(answer)}\n`);
}
