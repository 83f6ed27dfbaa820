import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { EngineClient } from '../../engine/client';

/** A local engine with a data folder of its own, running the model that ships with the package. */
export interface TestEngine {
	client: EngineClient;
	dataDir: string;
	/** Process id of the engine that answers now. */
	pid(): Promise<number>;
	/** Stops it and removes its data. */
	close(): Promise<void>;
}

/**
 * Starts nothing yet: the first call does, as in n8n. Settings go through the environment, which a
 * test file has to itself.
 */
export function testEngine(settings: Record<string, string> = {}): TestEngine {
	const dataDir = mkdtempSync(path.join(tmpdir(), 'sis-engine-'));
	Object.assign(process.env, {
		SEMANTIC_IMAGE_SEARCH_MODEL: 'demo',
		// Should a test die before it closes, the engine goes by itself.
		SEMANTIC_IMAGE_SEARCH_IDLE_MINUTES: '2',
		...settings,
	});
	const client = new EngineClient({ kind: 'local', dataDir });
	const pid = async () => (await client.health()).pid!;
	return {
		client,
		dataDir,
		pid,
		async close() {
			const running = await pid().catch(() => undefined);
			await client.shutdown();
			if (running !== undefined) await gone(running);
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

/** Resolves when the process has ended; kills it after ten seconds. */
export async function gone(pid: number): Promise<void> {
	const deadline = Date.now() + 10_000;
	for (;;) {
		try {
			process.kill(pid, Date.now() > deadline ? 'SIGKILL' : 0);
		} catch {
			return;
		}
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
}

/** A small JPEG of one colour. */
export function colourJpeg(background: string, size = 64): Promise<Buffer> {
	return sharp({ create: { width: size, height: size, channels: 3, background } })
		.jpeg()
		.toBuffer();
}
