import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../support';
import { needsMounts, runMounted } from './mounted';

test('a full disk refuses writes, and nothing else: what was acknowledged is there and found', async (t) => {
	if (!needsMounts(t)) return;
	const mounts = 'mount -t tmpfs -o size=16m none "$FOLDER"';
	const script = join(__dirname, 'full-disk-scenario.js');
	const said = await runMounted(script, { mounts, folder: temporaryFolder(t) });
	for (const line of said.trim().split('\n')) t.diagnostic(line);
});
