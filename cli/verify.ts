import { Command } from 'commander';
import type { EngineClient, Verification } from '../engine/client';
import { addEngineOptions, clientOf, type ConnectionOptions } from './connections';
import { followJob, requireSuccess } from './follow-job';

/** Ids of a finding that are worth a line on the screen. */
const SHOWN_IDS = 5;

export function verifyCommand(): Command {
	const command = new Command('verify')
		.description('look for anything that is wrong with an index; changes nothing')
		.argument('[index]', 'default: all of them, one after the other')
		.option('--json', 'as JSON')
		.addHelpText(
			'after',
			'\nReads everything, so it takes minutes at a million photos; searches and writes go on\nmeanwhile. The exit status is 1 if something is wrong.',
		);
	return addEngineOptions(command).action(run);
}

async function run(
	index: string | undefined,
	{ json, ...connection }: ConnectionOptions & { json?: boolean },
): Promise<void> {
	const client = clientOf(connection);
	const names = index === undefined ? (await client.indexes()).indexes : [index];
	const verifications: Record<string, Verification> = {};
	for (const name of names) {
		const verification = await verify(client, name);
		verifications[name] = verification;
		if (verification.findings.length > 0) process.exitCode = 1;
		if (!json) print(name, verification);
	}
	if (json) console.log(JSON.stringify(verifications, undefined, 2));
	else if (names.length === 0) console.log('There is no index.');
}

async function verify(client: EngineClient, name: string): Promise<Verification> {
	const job = await followJob(client, await client.operations.verify(name), `reading "${name}" …`);
	requireSuccess(job);
	return job.verification!;
}

function print(name: string, { photos, vectors, checked, findings }: Verification): void {
	const size = `${photos} photos, ${vectors} vectors, ${checked.length} invariants`;
	console.log(`${name}: ${findings.length === 0 ? 'all is well' : 'DAMAGED'} (${size})`);
	for (const { invariant, message, ids = [] } of findings) {
		console.log(`  ${invariant}: ${message}`);
		for (const id of ids.slice(0, SHOWN_IDS)) console.log(`    ${JSON.stringify(id)}`);
		if (ids.length > SHOWN_IDS) console.log(`    … ${ids.length - SHOWN_IDS} more with --json`);
	}
}
