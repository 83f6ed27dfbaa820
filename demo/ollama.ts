/** Ollama's customary address; nothing else is looked for. */
export const OLLAMA_URL = 'http://localhost:11434';
const TEXT_MODEL = 'nomic-embed-text';
const PATIENCE_MS = 1_000;

/** Whether this machine's Ollama can embed texts; never waits long, never installs anything. */
export async function ollamaIsReady(): Promise<boolean> {
	try {
		const response = await fetch(`${OLLAMA_URL}/api/tags`, {
			signal: AbortSignal.timeout(PATIENCE_MS),
		});
		const { models } = (await response.json()) as { models: { name: string }[] };
		return models.some(({ name }) => name.split(':')[0] === TEXT_MODEL);
	} catch {
		return false;
	}
}
