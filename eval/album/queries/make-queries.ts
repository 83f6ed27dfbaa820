import type { AlbumQuery } from '../album-file';
import { askDates, askFilters } from './filters';
import { askNegatives } from './negatives';
import { askForNothing, askHostile, askOrders } from './odd';
import { askPeople } from './people';
import { Questions, Vocabulary, type Material } from './questions';
import { askPhrases, askWords } from './words';

/** Questions of every class to an album. */
export function makeQueries(material: Material): AlbumQuery[] {
	const questions = new Questions(material);
	const words = new Vocabulary(material);
	askWords(material, questions, words);
	askPhrases(material, questions);
	askPeople(material, questions, words);
	askNegatives(material, questions, words);
	askFilters(material, questions, words);
	askDates(material, questions, words);
	askOrders(material, questions, words);
	askForNothing(material, questions);
	askHostile(material, questions, words);
	return questions.list;
}
