/** Runs where the data folder, argv[2], is mounted read-only. */
import assert from 'node:assert/strict';
import { createIndexStore } from '../../../engine/index/index-store';
import { EngineError, messageOf } from '../../../engine/errors';

async function main(): Promise<void> {
	const dataDir = process.argv[2]!;
	for (const [name, create] of [
		['photos', false],
		['new', true],
	] as const) {
		const store = createIndexStore({ dataDir });
		const error = await store.open(name, { create }).then(
			() => assert.fail(`index ${name} was opened although nothing could be written`),
			(error: unknown) => error,
		);
		assert.ok(error instanceof EngineError, String(error));
		assert.equal(error.code, 'INDEX_READ_ONLY', messageOf(error));
		assert.ok(error.message.includes(dataDir), 'the message does not say where');
		process.stdout.write(`${error.message}\n`);
		await store.close();
	}
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exit(1);
});
