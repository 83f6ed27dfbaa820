export interface PlaceName {
	name: string;
	lat: number;
	lon: number;
	/** Hours from UTC that a camera there may note. */
	zone: string;
}

export const PLAIN_PLACES: PlaceName[] = [
	// On both sides of the 180th meridian.
	{ name: 'Taveuni', lat: -16.85, lon: 179.985, zone: '+12:00' },
	{ name: 'Lisbon', lat: 38.722, lon: -9.139, zone: '+01:00' },
	{ name: 'Galway', lat: 53.27, lon: -9.057, zone: '+00:00' },

	{ name: 'Savannah', lat: 32.081, lon: -81.091, zone: '-04:00' },
	{ name: 'Nairobi', lat: -1.286, lon: 36.817, zone: '+03:00' },
	{ name: 'Wellington', lat: -41.286, lon: 174.776, zone: '+13:00' },
	{ name: 'Edinburgh', lat: 55.953, lon: -3.188, zone: '+00:00' },
	{ name: 'Honolulu', lat: 21.307, lon: -157.858, zone: '-10:00' },
];

export const ACCENTED_PLACES: PlaceName[] = [
	{ name: 'München', lat: 48.137, lon: 11.575, zone: '+01:00' },
	{ name: 'Málaga', lat: 36.721, lon: -4.421, zone: '+01:00' },
	{ name: 'Łódź', lat: 51.759, lon: 19.456, zone: '+01:00' },
	{ name: 'Tromsø', lat: 69.649, lon: 18.956, zone: '+01:00' },
	{ name: 'Montréal', lat: 45.502, lon: -73.567, zone: '-05:00' },
	{ name: 'Zürich', lat: 47.376, lon: 8.541, zone: '+02:00' },

	{ name: 'Bogotá', lat: 4.711, lon: -74.072, zone: '-05:00' },
	{ name: 'Ålesund', lat: 62.472, lon: 6.149, zone: '+01:00' },
	{ name: 'Kraków', lat: 50.065, lon: 19.945, zone: '+02:00' },
	{ name: 'Lübeck', lat: 53.866, lon: 10.687, zone: '+02:00' },
	{ name: 'Besançon', lat: 47.237, lon: 6.024, zone: '+02:00' },
	{ name: 'Reykjavík', lat: 64.147, lon: -21.943, zone: '+00:00' },
	{ name: 'Plzeň', lat: 49.738, lon: 13.373, zone: '+01:00' },
	{ name: 'Düsseldorf', lat: 51.227, lon: 6.773, zone: '+01:00' },
	{ name: 'Hội An', lat: 15.88, lon: 108.338, zone: '+07:00' },
];

/** What is written there: whole texts, and the words in each that it can be found by. */
export interface ForeignPlace extends PlaceName {
	texts: [text: string, ...words: string[]][];
}

export const FOREIGN_PLACES: ForeignPlace[] = [
	{
		...{ name: '京都', lat: 35.012, lon: 135.768, zone: '+09:00' },
		texts: [
			['京都の桜', '京都', '桜'],
			['秋の清水寺', '清水寺', '秋'],
			['金閣寺と雪', '金閣寺', '雪'],
			['祇園祭の夜、京都にて', '祇園祭', '京都'],
		],
	},
	{
		...{ name: '서울', lat: 37.567, lon: 126.978, zone: '+09:00' },
		texts: [
			['서울의 봄', '서울', '봄'],
			['한강 공원', '한강', '공원'],
			['경복궁 산책', '경복궁', '산책'],
		],
	},
	{
		...{ name: 'القاهرة', lat: 30.044, lon: 31.236, zone: '+02:00' },
		texts: [
			['سوق خان الخليلي', 'سوق', 'الخليلي'],
			['غروب على النيل', 'غروب', 'النيل'],
			['شوارع القاهرة', 'شوارع', 'القاهرة'],
		],
	},
	{
		...{ name: 'תל אביב', lat: 32.085, lon: 34.782, zone: '+02:00' },
		texts: [
			['חוף תל אביב', 'חוף', 'תל אביב'],
			['שוק הכרמל', 'שוק', 'הכרמל'],
			['שקיעה בנמל', 'שקיעה'],
		],
	},

	{
		...{ name: '北京', lat: 39.904, lon: 116.407, zone: '+08:00' },
		texts: [
			['长城上的秋天', '长城', '秋天'],
			['故宫博物院', '故宫', '博物院'],
			['北京烤鸭', '北京', '烤鸭'],
		],
	},
	{
		...{ name: 'Москва', lat: 55.756, lon: 37.617, zone: '+03:00' },
		texts: [
			['Красная площадь', 'Красная', 'площадь'],
			['Москва весной', 'Москва', 'весной'],
			['Ёлка во дворе', 'Ёлка'],
		],
	},
	{
		...{ name: 'Αθήνα', lat: 37.984, lon: 23.728, zone: '+02:00' },
		texts: [
			['Ηλιοβασίλεμα στην Αθήνα', 'Ηλιοβασίλεμα', 'Αθήνα'],
			['Η Ακρόπολη', 'Ακρόπολη'],
			['Παζάρι στο Μοναστηράκι', 'Παζάρι', 'Μοναστηράκι'],
		],
	},
	{
		...{ name: 'طهران', lat: 35.69, lon: 51.389, zone: '+03:30' },
		texts: [
			['بازار بزرگ طهران', 'بازار', 'طهران'],
			['برف در کوهستان', 'برف', 'کوهستان'],
			['باغ انار', 'باغ', 'انار'],
		],
	},
	{
		...{ name: '台北', lat: 25.033, lon: 121.565, zone: '+08:00' },
		texts: [
			['士林夜市', '士林', '夜市'],
			['台北的雨天', '台北', '雨天'],
			['龍山寺', '龍山寺'],
		],
	},
];

/** German words that are in no other language's records: how they are written. */
export const GERMAN_WORDS = [
	...['Kürbissuppe', 'Straßenfest', 'Frühstück', 'Glühwein', 'Hüttenabend'],
	...['Weihnachtsbäckerei', 'Käsekuchen', 'Fußballplatz', 'Höhlenführung', 'Grünkohlessen'],
	...['Schlüsselübergabe', 'Großmutter', 'Hühnerstall', 'Brückenbau', 'Rübenernte', 'Löwenzahn'],
];

/** Sentences around one of them. */
export const GERMAN_TEXTS = [
	(word: string) => `Endlich wieder ${word}!`,
	(word: string) => `${word} mit allen zusammen`,
	(word: string) => `Kleine Pause, dann ${word}.`,
	(word: string) => `Das war unser ${word}`,
];
