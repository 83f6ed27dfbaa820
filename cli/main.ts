#!/usr/bin/env node
/** The engine from a shell: the same calls as the nodes make, with progress and tables. */
import { Command } from 'commander';
import { EngineError } from '../engine/errors';
import { VERSION } from '../engine/version';
import { backupCommand, restoreCommand } from './backup';
import { dropCommand } from './drop';
import { doctorCommand } from './doctor';
import { exportCommand } from './export';
import { generationsCommand } from './generations';
import { importCommand } from './import';
import { indexCommand } from './index-bucket';
import { modelsCommand } from './models';
import { optimizeCommand } from './optimize';
import { searchCommand } from './search';
import { serveCommand } from './serve';
import { statsCommand } from './stats';
import { stopCommand } from './stop';
import { verifyCommand } from './verify';

const program = new Command('semantic-image-search')
	.description('Semantic image search over photos in S3-compatible storage')
	.version(VERSION)
	.addCommand(indexCommand())
	.addCommand(searchCommand())
	.addCommand(statsCommand())
	.addCommand(generationsCommand())
	.addCommand(exportCommand())
	.addCommand(importCommand())
	.addCommand(backupCommand())
	.addCommand(restoreCommand())
	.addCommand(verifyCommand())
	.addCommand(optimizeCommand())
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
