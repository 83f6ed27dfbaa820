#!/usr/bin/env node
/** The engine from a shell: the same calls as the nodes make, with progress and tables. */
import { Command } from 'commander';
import { EngineError } from '../engine/errors';
import { VERSION } from '../engine/version';
import { dropCommand } from './drop';
import { doctorCommand } from './doctor';
import { indexCommand } from './index-bucket';
import { modelsCommand } from './models';
import { searchCommand } from './search';
import { serveCommand } from './serve';
import { stopCommand } from './stop';

const program = new Command('semantic-image-search')
	.description('Semantic image search over photos in S3-compatible storage')
	.version(VERSION)
	.addCommand(indexCommand())
	.addCommand(searchCommand())
	.addCommand(modelsCommand())
	.addCommand(serveCommand())
	.addCommand(doctorCommand())
	.addCommand(dropCommand())
	.addCommand(stopCommand());

if (Number(process.versions.node.split('.')[0]) < 24) {
	console.error(`error: Node 24 or newer is needed; this is ${process.version}`);
	process.exit(1);
}
// `… | head` closes the pipe: that is the reader's right, not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code === 'EPIPE') process.exit(0);
	throw error;
});

program.parseAsync().catch((error: unknown) => {
	const message =
		error instanceof EngineError ? `${error.message} [${error.code}]` : (error as Error).message;
	console.error(`error: ${message}`);
	process.exitCode = 1;
});
