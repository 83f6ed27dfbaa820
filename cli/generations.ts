import { Command, InvalidArgumentError, Option } from 'commander';
import type { Generation, VectorKind } from '../engine/client';
import { addEngineOptions, clientOf, type ConnectionOptions } from './connections';
import { formatTable } from './table';

interface Options extends ConnectionOptions {
	kind: VectorKind;
}

/** Changing the model of an index: begin, wait until it is complete, activate, drop the old one. */
export function generationsCommand(): Command {
	const command = new Command('generations')
		.description('change the model of an index while the old one goes on answering')
		.addHelpText(
			'after',
			`
A generation is all vectors of an index that one model made; one of each kind is searched. To change
the model: begin a generation, index the photos with the new model (index s3://… --model ID), and
searches change over when no photo lacks its vector. The old generation stays, to go back to, until
it is dropped.`,
		);
	const commands = [
		new Command('list').description('the generations of an index').argument('<index>').action(list),
		withKind(new Command('begin'))
			.description('take vectors of a model beside those that are searched')
			.argument('<index>')
			.argument('<model>', 'its id; with @revision if it is none of the engine’s')
			.option('--dimension <n>', 'numbers of a vector (default: asked of the model)', wholeNumber)
			.option('--keep-active', 'do not change over by itself when it is complete')
			.action(begin),
		withKind(new Command('activate'))
			.description('search this generation from now on')
			.argument('<index>')
			.argument('<model>', 'its id')
			.option('--incomplete', 'although photos lack its vector: those are not found by it')
			.action(activate),
		withKind(new Command('drop'))
			.description('delete a generation that is not searched, and its vectors')
			.argument('<index>')
			.argument('<model>', 'its id')
			.action(drop),
	];
	for (const one of commands) command.addCommand(addEngineOptions(one));
	return command;
}

function withKind(command: Command): Command {
	return command.addOption(
		new Option('--kind <kind>', 'of which vectors').choices(['image', 'text']).default('image'),
	);
}

async function list(index: string, options: ConnectionOptions): Promise<void> {
	const { generations } = await clientOf(options).generations(index);
	const rows = generations.map(
		({ kind, model, dimension, state, vectors, missing, created_at }) => [
			kind,
			model,
			String(dimension),
			state,
			String(vectors),
			String(missing),
			created_at.slice(0, 10),
		],
	);
	const header = ['KIND', 'MODEL', 'LENGTH', 'STATE', 'VECTORS', 'MISSING', 'SINCE'];
	for (const line of formatTable([header, ...rows])) console.log(line);
}

async function begin(
	index: string,
	model: string,
	{
		kind,
		dimension,
		keepActive,
		...connection
	}: Options & { dimension?: number; keepActive?: boolean },
): Promise<void> {
	const generation = await clientOf(connection).beginGeneration(index, {
		kind,
		model,
		dimension,
		activate_when_complete: !keepActive,
	});
	console.log(sentence(generation));
}

async function activate(
	index: string,
	model: string,
	{ kind, incomplete, ...connection }: Options & { incomplete?: boolean },
): Promise<void> {
	const body = { kind, model, incomplete };
	console.log(sentence(await clientOf(connection).activateGeneration(index, body)));
}

async function drop(index: string, model: string, { kind, ...connection }: Options): Promise<void> {
	await clientOf(connection).dropGeneration(index, { kind, model });
	console.log(`The ${kind} vectors of ${model} are deleted.`);
}

function sentence({ kind, model, state, vectors, missing }: Generation): string {
	const rest = missing > 0 ? `, ${missing} photos lack theirs` : '';
	return `The ${kind} vectors of ${model} are ${state}: ${vectors} there${rest}.`;
}

function wholeNumber(text: string): number {
	const value = Number(text);
	if (Number.isInteger(value) && value > 0) return value;
	throw new InvalidArgumentError('It takes a whole number from 1.');
}
