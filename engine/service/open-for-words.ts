import type { VectorIndex } from '../index/vector-index';
import type { Engine } from './engine';

/** What is embedded so that the tower is loaded; a text costs the same whatever it says. */
const ANY_TEXT = 'a photo';

/**
 * Opens an index that is to be searched by words. If that has to be read first, the default model's
 * text tower, which most likely made its vectors, is loaded meanwhile: with 100,000 photos one takes as
 * long as the other. Nothing is downloaded for that.
 *
 * @throws EngineError as opening an index does
 */
export async function openForWords(
	{ indexes, models, encoder }: Pick<Engine, 'indexes' | 'models' | 'encoder'>,
	name: string,
): Promise<VectorIndex> {
	const isOpen = (await indexes.loaded()).some((index) => index.name === name);
	// Why it cannot be loaded is told by the search, if it matters to it.
	if (!isOpen && models.has(models.defaultModel)) void encoder.embedText(ANY_TEXT).catch(() => {});
	return await indexes.open(name, { create: false });
}
