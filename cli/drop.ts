import { Command } from 'commander';
import { addEngineOptions, clientOf, type ConnectionOptions } from './connections';

export function dropCommand(): Command {
	const command = new Command('drop')
		.description('delete a whole index; the photos in the bucket stay')
		.argument('<index>', 'its name')
		.option('--yes', 'really do it');
	return addEngineOptions(command).action(run);
}

async function run(index: string, options: ConnectionOptions & { yes?: boolean }): Promise<void> {
	const client = clientOf(options);
	const { photos } = await client.stats(index);
	if (!options.yes) throw new Error(`"${index}" holds ${photos} photos; add --yes to delete it`);
	await client.dropIndex(index);
	console.log(`Index "${index}" with ${photos} photos is deleted.`);
}
