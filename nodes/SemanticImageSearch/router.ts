import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { perItem, runOperation } from '../shared/router';
import { joined, readSearch, type Question } from './common';
import { answer, noteInWords } from './output';
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
				const asked = await ask.call(this, itemIndex);
				const found = await run.engine.search(
					index,
					{ ...joined(request, asked), s3: await run.s3(), ollama: await run.ollama() },
					run.signal,
				);
				found.hints.forEach(run.hint);
				for (const note of found.notes) run.hint(noteInWords(asked.text ?? '', note));
				return { json: answer(found, output) };
			},
		}),
	);
}
