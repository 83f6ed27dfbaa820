/** First halves of these lists are the development album's, as everywhere in the vocabulary. */

/** First names that two people share. */
export const SHARED_FIRST_NAMES = ['Pat', 'Anna', 'Alex', 'Chris', 'Sam'];

export const FIRST_NAMES = [
	...['Tom', 'Ella', 'José', 'Noah', 'Zoë', 'Clara'],
	...['Greta', 'Hugo', 'Søren', 'Wanda', 'Chloé', 'Oskar', 'Jürgen', 'Tessa', 'Björn', 'Uma'],
];

/** First names that are words: the name, and the word's singular and plural. */
export const NAMES_THAT_ARE_WORDS: [name: string, word: string][] = [
	['Rose', 'rose roses'],
	['Summer', 'summer summers'],
	['Mark', 'mark marks'],
	['May', 'May'],
	['Jack', 'jack jacks'],
	['Bill', 'bill bills'],

	['Lily', 'lily lilies'],
	['Daisy', 'daisy daisies'],
	['Robin', 'robin robins'],
	['Ivy', 'ivy'],
	['Pearl', 'pearl pearls'],
	['Ruby', 'ruby rubies'],
	['Holly', 'holly'],
	['Dawn', 'dawn'],
	['Iris', 'iris irises'],
	['Olive', 'olive olives'],
	['Hazel', 'hazel'],
	['Cliff', 'cliff cliffs'],
	['Ray', 'ray rays'],
	['Basil', 'basil'],
];

export const LAST_NAMES = [
	...['Miller', 'Okafor', 'Baker', 'Nguyen', 'García', "O'Brien", 'Kowalski', 'Tanaka'],
	...['Smith-Jones', 'van Dijk', 'Müller', 'Haddad', 'Rossi', 'Larsen', 'Dubois', 'Petrov'],
	...['Svensson', 'Yılmaz', 'Moreau', 'Costa', 'Fischer', 'Novák', 'Cohen', 'Silva'],
	...['Ferreira', 'Jørgensen', "D'Angelo", 'Ó Súilleabháin', 'Castro', 'Weiß', 'Lindqvist'],
	...['Papadakis', 'Horváth', 'Achebe', 'Bianchi', 'Schröder'],
];

/** In scripts of their own: first name, last name. */
export const NAMES_IN_OTHER_SCRIPTS: [first: string, last: string][] = [
	['陽子', '田中'],
	['دانا', 'حداد'],

	['Иван', 'Соколов'],
	['小明', '王'],
	['ליאור', 'מזרחי'],
	['Ελένη', 'Παππά'],
];

/** Nobody's. */
export const NOBODY = ['Zebedee', 'Ludmilla', 'Ignatius', 'Thorvald', 'Philomena', 'Quincy'];
