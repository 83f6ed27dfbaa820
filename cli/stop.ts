import { Command } from 'commander';
import { addEngineOptions, clientOf, type ConnectionOptions } from './connections';

export function stopCommand(): Command {
	const command = new Command('stop').description(
		'end the engine; whoever needs it next starts it, with the settings it has then',
	);
	return addEngineOptions(command).action(run);
}

async function run(options: ConnectionOptions): Promise<void> {
	const stopping = await clientOf(options).shutdown();
	console.log(stopping ? 'The engine finishes what it does and ends.' : 'No engine is running.');
}
