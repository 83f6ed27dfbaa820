/**
 * Words that say nothing about a photo: left in, they let "a dog on the beach" match every caption
 * with "a", "on" and "the". Articles, prepositions and pronouns of English, German, French, Spanish
 * and Italian, as {@link tokensOf} folds them, without those that are words for things elsewhere
 * (as "sur", "den" or "mit" are).
 */
const STOP_WORDS = new Set(
	(
		'a an the some any this that these those and or of in on at to by for from with into onto near over under ' +
		'is are was were be been being am it its i me my we our us you your he she his her they their them there here ' +
		'as while during which who what where when do does did have has had all photo photos picture pictures image images ' +
		'der die das dem des ein eine einen einem einer eines und oder im ins am ans auf aus bei beim von vom zu zum zur ' +
		'mit fur uber unter ist sind wir ich ihr unser meine mein bild bilder foto fotos ' +
		'le la les un une et ou du de au aux dans avec pour chez est mon ma mes notre ' +
		'el los las unos unas y o del al en con por para es mi mis nuestro ' +
		'il lo gli i uno e di da nel nella sul sulla della dello dei delle con per su mio mia'
	).split(' '),
);

/** Whether a token, folded, says nothing about a photo. */
export function isStopWord(token: string): boolean {
	return STOP_WORDS.has(token);
}
