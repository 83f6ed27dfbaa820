/** Before npm packs: without what was compiled the package would install, and hold no node. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './setup/paths.mjs';

const { n8n, bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const needed = [
	...n8n.nodes,
	...n8n.nodes.map((file) => file.replace(/\.js$/, '.json')),
	...n8n.credentials,
	...Object.values(bin),
	'dist/workflows',
	'dist/engine/encode/pixels/pixels.wasm',
];
const missing = needed.filter((file) => !existsSync(join(ROOT, file)));
if (missing.length > 0) {
	console.error(
		`Nothing is packed: ${missing[0]} is missing. Run "npm run pack", which builds it.`,
	);
	process.exitCode = 1;
}
