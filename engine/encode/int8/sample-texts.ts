/** What people type into a search box: the 8-bit text tower is compared on these. */
export const SAMPLE_TEXTS: readonly string[] = [
	'Christmas',
	'beach sunset with people',
	'Pat, Jack, and an automobile',
	'a dog',
	'two children playing football in the rain',
	'IMG_2024-07-14 Wien, Stephansdom',
	'red bicycle leaning against an old brick wall, black and white photograph',
	'snow',
	'grandmother’s 80th birthday cake with candles, everybody around the table and laughing',
	'Überraschung im Garten',
	'map or diagram or screenshot of a document with a lot of small text on it',
	'',
];
