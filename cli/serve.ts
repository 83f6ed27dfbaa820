import { Command } from 'commander';

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
			await import('../engine/service/main.js');
		});
}

function set(name: string, value: string | undefined): void {
	if (value !== undefined) process.env[name] = value;
}
