/** The path or name of the file as far as anybody knows it: an id that is none (a UUID, say) says nothing. */
export function fileNameOf(photo: {
	id: string;
	s3_path?: string | null | undefined;
}): { field: 's3_path' | 'id'; path: string } | undefined {
	if (typeof photo.s3_path === 'string') return { field: 's3_path', path: photo.s3_path };
	return /\.[A-Za-z0-9]{1,5}$/.test(photo.id) ? { field: 'id', path: photo.id } : undefined;
}

/**
 * The parts of a file name that are words, or hold them apart by separators: folders and extension
 * dropped, split at camel case. `from` is where in the path.
 */
export function fileNameParts(path: string): { text: string; from: number }[] {
	let from = path.lastIndexOf('/') + 1;
	const name = path.slice(from).replace(/\.[A-Za-z0-9]{1,5}$/, '');
	return name.split(/(?<=\p{Ll})(?=\p{Lu})/u).map((text) => {
		const part = { text, from };
		from += text.length;
		return part;
	});
}
