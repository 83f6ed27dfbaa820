import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { EngineClient } from '../engine/client';
import { ENGINE_ENV, ENGINE_NODE_OPTIONS } from '../engine/process-settings';

export function serveCommand(): Command {
	return new Command('serve')
		.description('run the engine in the foreground, for n8n on other machines')
		.option(
			'--listen <host:port>',
			'TCP address beside the local socket (needs SEMANTIC_IMAGE_SEARCH_TOKEN)',
		)
		.option('--data <folder>', 'data folder')
		.option('--model <id>', 'default model')
		.action(async (options: { listen?: string; data?: string; model?: string }) => {
			set('SEMANTIC_IMAGE_SEARCH_LISTEN', options.listen);
			set('SEMANTIC_IMAGE_SEARCH_DATA', options.data);
			set('SEMANTIC_IMAGE_SEARCH_MODEL', options.model);
			// Someone looks at it: it stays until it is stopped.
			process.env['SEMANTIC_IMAGE_SEARCH_IDLE_MINUTES'] ??= '0';
			restartAsEngine();
			await takeOver();
			// Ended before it serves, it has failed; the engine's own end sets 0.
			process.exitCode = 1;
			await import('../engine/service/main.js');
		});
}

/**
 * Becomes an engine's process, same id and all: the allocator reads its settings before any code runs.
 * Where a process cannot be replaced (Windows) it goes on as it is.
 */
function restartAsEngine(): void {
	const isSet = Object.keys(ENGINE_ENV).every((name) => process.env[name] !== undefined);
	if (isSet || process.platform !== 'linux') return;
	process.execve?.(
		process.execPath,
		[process.execPath, ...ENGINE_NODE_OPTIONS, ...process.execArgv, ...process.argv.slice(1)],
		{ ...ENGINE_ENV, ...process.env },
	);
}

function set(name: string, value: string | undefined): void {
	if (value !== undefined) process.env[name] = value;
}

/** An engine that nodes on this machine have started would keep the folder: it makes way. */
async function takeOver(): Promise<void> {
	const client = new EngineClient({ kind: 'local' });
	for (let second = 0; second < 30 && (await client.shutdown()); second++) await sleep(1_000);
}
