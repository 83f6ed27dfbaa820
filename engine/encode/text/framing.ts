import type { TokenizerJson } from './tokenizer-json';

interface Piece {
	SpecialToken?: { id: string };
	Sequence?: { id: string };
}

interface PostProcessor {
	type?: string;
	single?: Piece[];
	cls?: [token: string, id: number];
	sep?: [token: string, id: number];
	processors?: PostProcessor[];
}

/** Names of the tokens that tokenizer.json puts before and behind every text; undefined if it does not say. */
export function framing(json: TokenizerJson): { before: string[]; after: string[] } | undefined {
	return read(json.postProcessor as PostProcessor | null);
}

function read(processor: PostProcessor | null): { before: string[]; after: string[] } | undefined {
	switch (processor?.type) {
		case 'TemplateProcessing': {
			const pieces = processor.single ?? [];
			const text = pieces.findIndex((piece) => piece.Sequence);
			const names = (part: Piece[]) => part.flatMap((piece) => piece.SpecialToken?.id ?? []);
			return { before: names(pieces.slice(0, text)), after: names(pieces.slice(text + 1)) };
		}
		case 'RobertaProcessing':
		case 'BertProcessing':
			if (!processor.cls || !processor.sep) return undefined;
			return { before: [processor.cls[0]], after: [processor.sep[0]] };
		case 'Sequence':
			for (const inner of processor.processors ?? []) {
				const found = read(inner);
				if (found) return found;
			}
			return undefined;
		default:
			return undefined;
	}
}
