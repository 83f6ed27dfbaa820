import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { perItem, runOperation } from '../shared/router';
import { readSearch, type Question } from './common';
import { answer } from './output';
import { byImage } from './operations/byImage';
import { byText } from './operations/byText';
import { similar } from './operations/similar';

/** An operation says what is asked; index, filters, paging and output are common to all. */
const QUESTIONS: Record<string, Question> = { text: byText, image: byImage, similar };

export async function search(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ask = QUESTIONS[context.getNodeParameter('operation', 0) as string] ?? byText;
	return await runOperation(
		context,
		perItem({
			read(this: IExecuteFunctions, itemIndex) {
				return readSearch(this, itemIndex);
			},
			async execute(run, { index, request, output }, itemIndex) {
				const found = await run.engine.search(
					index,
					{
						...request,
						...(await ask.call(this, itemIndex)),
						s3: await run.s3(),
						ollama: await run.ollama(),
					},
					run.signal,
				);
				found.hints.forEach(run.hint);
				return { json: answer(found, output) };
			},
		}),
	);
}
