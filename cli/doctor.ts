import { Command } from 'commander';
import { addEngineOptions, clientOf, type ConnectionOptions } from './connections';
import { advice } from './doctor/advice';
import { render } from './doctor/render';
import { collectReport } from './doctor/report';

export function doctorCommand(): Command {
	return addEngineOptions(
		new Command('doctor')
			.description('report what works here and what does not, and how fast')
			.option('--json', 'as JSON')
			.option('--no-measure', 'without embedding pictures for five seconds'),
	).action(run);
}

async function run(
	options: ConnectionOptions & { json?: boolean; measure: boolean },
): Promise<void> {
	const report = await collectReport(clientOf(options), {
		local: !options.engine,
		measure: options.measure,
	});
	console.log(
		options.json
			? JSON.stringify({ ...report, advice: advice(report) }, undefined, 2)
			: render(report),
	);
}
