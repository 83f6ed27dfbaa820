import { setImmediate as turn } from 'node:timers/promises';
import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import type { EngineClient, OllamaConnection, S3Connection } from '../../engine/client';
import { ollamaConnection, s3Connection } from './credentials';
import { connect } from './engine';
import { toNodeError } from './errors';

/**
 * n8n evaluates a parameter's expression synchronously, in milliseconds: after this many of them its
 * other executions and webhooks get their turn.
 */
const TURN_MS = 10;

/** What an operation may use besides its own parameters. */
export interface Run {
	engine: EngineClient;
	/** Aborted when the user stops the execution. */
	signal: AbortSignal | undefined;
	s3(): Promise<S3Connection | undefined>;
	ollama(): Promise<OllamaConnection | undefined>;
	/** Shown once above the node's output, however many items raise it. */
	hint(message: string): void;
	/** Told again and again while the engine fetches a model, in a sentence with its progress. */
	waiting(sentence: string): void;
}

export interface BatchItem<Input> {
	itemIndex: number;
	input: Input;
}

/** An item's result: output items, or why there are none. */
export type Outcome =
	| { json: IDataObject | IDataObject[]; binary?: IBinaryKeyData }
	| { error: unknown };

/**
 * One thing a node does. It knows its parameters and the engine; the item loop, pairing, order and
 * continue-on-fail are {@link runOperation}'s.
 */
export interface Operation<Input> {
	/** Items per call of `execute`, at most. */
	batchSize: number;
	/** The item's parameters, checked. A throw here is that item's error alone. */
	read(this: IExecuteFunctions, itemIndex: number): Input;
	/** Items with different keys never share a batch. */
	batchKey?(input: Input): string;
	/** One outcome per item, in the batch's order. A throw here is the error of the whole batch. */
	execute(this: IExecuteFunctions, run: Run, batch: Array<BatchItem<Input>>): Promise<Outcome[]>;
}

/** An operation without a bulk form; `parallel` of its items are under way at once. */
export function perItem<Input>(
	operation: Pick<Operation<Input>, 'read'> & {
		execute(
			this: IExecuteFunctions,
			run: Run,
			input: Input,
			itemIndex: number,
		): Promise<Exclude<Outcome, { error: unknown }>>;
	},
	parallel = 1,
): Operation<Input> {
	return {
		batchSize: parallel,
		read: operation.read,
		async execute(run, batch) {
			const settled = await Promise.allSettled(
				batch.map(({ input, itemIndex }) => operation.execute.call(this, run, input, itemIndex)),
			);
			return settled.map((one) =>
				one.status === 'fulfilled' ? one.value : { error: one.reason as unknown },
			);
		},
	};
}

/**
 * Runs an operation over all input items. Without continue-on-fail the first error ends it, so no
 * further batch is sent; with it, an item that failed comes out in its place as `{error, details: {code, cure}}`.
 */
export async function runOperation<Input>(
	context: IExecuteFunctions,
	operation: Operation<Input>,
): Promise<INodeExecutionData[][]> {
	const run = await createRun(context);
	const outputs: INodeExecutionData[][] = [];

	const settle = (itemIndex: number, outcome: Outcome) => {
		outputs[itemIndex] =
			'error' in outcome
				? [failedItem(context, outcome.error, itemIndex)]
				: toItems(outcome, itemIndex);
	};

	const batches = new Map<string, Array<BatchItem<Input>>>();
	const execute = async (batch: Array<BatchItem<Input>>) => {
		run.signal?.throwIfAborted();
		let outcomes: Outcome[];
		try {
			outcomes = await operation.execute.call(context, run, batch);
		} catch (error) {
			run.signal?.throwIfAborted();
			outcomes = batch.map(() => ({ error }));
		}
		batch.forEach(({ itemIndex }, position) =>
			settle(itemIndex, outcomes[position] ?? { error: new Error('The engine gave no answer') }),
		);
	};

	let turnStarted = performance.now();
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		if (performance.now() - turnStarted > TURN_MS) {
			await turn();
			turnStarted = performance.now();
		}
		let input: Input;
		try {
			input = operation.read.call(context, itemIndex);
		} catch (error) {
			settle(itemIndex, { error });
			continue;
		}
		const key = operation.batchKey?.(input) ?? '';
		const batch = batches.get(key) ?? [];
		batches.set(key, batch);
		batch.push({ itemIndex, input });
		if (batch.length >= operation.batchSize) {
			batches.delete(key);
			await execute(batch);
		}
	}
	for (const batch of batches.values()) await execute(batch);

	return [outputs.flat()];
}

async function createRun(context: IExecuteFunctions): Promise<Run> {
	const shown = new Set<string>();
	let s3: Promise<S3Connection | undefined> | undefined;
	let ollama: Promise<OllamaConnection | undefined> | undefined;
	let waited = false;
	const run: Run = {
		engine: await connect(context),
		signal: context.getExecutionCancelSignal(),
		s3: () => (s3 ??= s3Connection(context)),
		ollama: () => (ollama ??= ollamaConnection(context)),
		hint(message) {
			if (shown.has(message)) return;
			shown.add(message);
			// Absent before n8n 1.95 and in some tool contexts: a hint is never worth a failure.
			context.addExecutionHints?.({ message, type: 'info', location: 'outputPane' });
		},
		waiting(sentence) {
			if (!waited) run.hint(`This run waited for a model. ${sentence} Later runs find it there.`);
			waited = true;
			// Seen in the browser's console during a manual run; nothing listens in production.
			if (context.getMode() === 'manual') context.sendMessageToUI(sentence);
		},
	};
	return run;
}

function failedItem(
	context: IExecuteFunctions,
	error: unknown,
	itemIndex: number,
): INodeExecutionData {
	const nodeError = toNodeError(context.getNode(), error, itemIndex);
	if (!context.continueOnFail()) throw nodeError;
	// Exactly these keys: n8n sends them to the error output, joined with the input item's fields. Were
	// `error` set beside `json`, n8n would overwrite `json` and the code would be lost.
	return {
		json: {
			error: nodeError.message,
			details: {
				code: (nodeError.context.code as string) ?? null,
				cure: nodeError.description ?? null,
			},
		},
		pairedItem: { item: itemIndex },
	};
}

/** Whether an output item stands for an input item that failed. */
export function isFailure({ json }: INodeExecutionData): boolean {
	return (
		json.error !== undefined &&
		Object.keys(json).every((key) => key === 'error' || key === 'details')
	);
}

function toItems(
	outcome: Exclude<Outcome, { error: unknown }>,
	itemIndex: number,
): INodeExecutionData[] {
	const list = Array.isArray(outcome.json) ? outcome.json : [outcome.json];
	return list.map((json) => ({
		json,
		...(outcome.binary && { binary: outcome.binary }),
		pairedItem: { item: itemIndex },
	}));
}
