import {
	UserError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import type { VectorKind } from '../../../engine/client';
import { modelField } from '../../shared/fields';
import { perItem } from '../../shared/router';
import { asJson, optionalNumber, optionalText } from '../../shared/values';
import { readIndex } from './common';

const showOnlyForChange = { operation: ['changeModel'] };
const showOnlyForOneModel = { ...showOnlyForChange, step: ['begin', 'activate', 'drop'] };
const showOnlyForBegin = { ...showOnlyForChange, step: ['begin'] };
const showOnlyForActivate = { ...showOnlyForChange, step: ['activate'] };

export const changeModelFields: INodeProperties[] = [
	{
		displayName: 'Step',
		name: 'step',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Activate',
				value: 'activate',
				description: 'Search by the vectors of this model from now on; also the way back',
			},
			{
				name: 'Begin',
				value: 'begin',
				description:
					'Take vectors of this model beside the old ones, which answer until all photos have a new one',
			},
			{
				name: 'Drop',
				value: 'drop',
				description: 'Delete the vectors of a model that is not searched by',
			},
			{ name: 'Show', value: 'show', description: 'One item per model with its state' },
		],
		default: 'show',
		displayOptions: { show: showOnlyForChange },
	},
	{ ...modelField(showOnlyForOneModel), required: true },
	{
		displayName: 'Activate When Complete',
		name: 'activateWhenComplete',
		type: 'boolean',
		default: true,
		description:
			'Whether searches switch to the new model by themselves when every photo has its vector',
		displayOptions: { show: showOnlyForBegin },
	},
	{
		displayName: 'Even if Incomplete',
		name: 'incomplete',
		type: 'boolean',
		default: false,
		description:
			'Whether to switch although photos lack a vector of this model; until they have one, a picture does not find them',
		displayOptions: { show: showOnlyForActivate },
	},
	{
		displayName: 'Options',
		name: 'modelOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Dimension',
				name: 'dimension',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 768,
				description: 'Numbers per vector, to begin with a model that this engine does not run',
			},
			{
				displayName: 'Vectors',
				name: 'kind',
				type: 'options',
				options: [
					{ name: 'Of the Pictures', value: 'image' },
					{ name: 'Of the Words', value: 'text' },
				],
				default: 'image',
				description: 'Which of a photo’s two vectors the model makes',
			},
		],
		displayOptions: { show: showOnlyForOneModel },
	},
];

interface ChangeInput {
	index: string;
	step: string;
	model: string;
	kind: VectorKind;
	dimension: number | undefined;
	activate_when_complete: boolean;
	incomplete: boolean;
}

function readModel(context: IExecuteFunctions, itemIndex: number): string {
	const value = context.getNodeParameter('model', itemIndex, '', { extractValue: true });
	const model = optionalText(value);
	if (model === undefined) throw new UserError('Choose the model');
	return model;
}

export const changeModel = perItem<ChangeInput>({
	read(this: IExecuteFunctions, itemIndex) {
		const step = this.getNodeParameter('step', itemIndex, 'show') as string;
		const options = this.getNodeParameter('modelOptions', itemIndex, {}) as IDataObject;
		return {
			index: readIndex(this, itemIndex),
			step,
			// A locator that is not shown cannot be asked for its value.
			model: step === 'show' ? '' : readModel(this, itemIndex),
			kind: (options.kind as VectorKind | undefined) ?? 'image',
			dimension: optionalNumber(options.dimension),
			activate_when_complete:
				this.getNodeParameter('activateWhenComplete', itemIndex, true) === true,
			incomplete: this.getNodeParameter('incomplete', itemIndex, false) === true,
		};
	},

	async execute(run, { index, step, model, kind, ...more }) {
		const { engine, signal } = run;
		const { dimension, activate_when_complete, incomplete } = more;
		switch (step) {
			case 'begin': {
				const request = { kind, model, dimension, activate_when_complete };
				return { json: asJson(await engine.beginGeneration(index, request, signal, run.waiting)) };
			}
			case 'activate':
				return {
					json: asJson(await engine.activateGeneration(index, { kind, model, incomplete }, signal)),
				};
			case 'drop':
				await engine.dropGeneration(index, { kind, model }, signal);
				return { json: asJson({ index, kind, model, dropped: true }) };
			default: {
				const { generations } = await engine.generations(index, signal);
				return { json: generations.map(asJson) };
			}
		}
	},
});
