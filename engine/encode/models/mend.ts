/** The cure for a model whose files are wrong. @param id where it is known which */
export function mendHint(id = 'ID'): string {
	return `Mend it with “semantic-image-search models get ${id}”, or complete the folder by hand.`;
}
