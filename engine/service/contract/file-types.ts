/** Types of photo files by the name people use, and the extensions that files of each type carry. */
const EXTENSIONS = new Map<string, readonly string[]>([
	['jpg', ['jpg', 'jpeg', 'jpe', 'jfif']],
	['png', ['png']],
	['webp', ['webp']],
	['heic', ['heic']],
	['heif', ['heif', 'hif']],
	['avif', ['avif']],
	['tiff', ['tif', 'tiff']],
	['gif', ['gif']],
	['bmp', ['bmp']],
	['jxl', ['jxl']],
	['svg', ['svg']],
	[
		'raw',
		[
			...[
				'raw',
				'dng',
				'3fr',
				'arw',
				'cr2',
				'cr3',
				'crw',
				'dcr',
				'erf',
				'iiq',
				'kdc',
				'mrw',
				'nef',
			],
			...['nrw', 'orf', 'pef', 'raf', 'rw2', 'rwl', 'sr2', 'srf', 'srw', 'x3f'],
		],
	],
]);

/** For messages. */
export const FILE_TYPES = [...EXTENSIONS.keys()].join(', ');

/**
 * The extensions, in lower case, that a file type stands for: `jpeg` and `JPG` for jpg, jpeg, jpe
 * and jfif; `raw` for those of all makers, `cr2` for its own. `undefined` if it is none.
 */
export function extensionsOf(type: string): readonly string[] | undefined {
	const name = type.trim().toLowerCase().replace(/^\./, '');
	const whole = EXTENSIONS.get(name);
	if (whole) return whole;
	if (EXTENSIONS.get('raw')!.includes(name)) return [name];
	return [...EXTENSIONS.values()].find((extensions) => extensions.includes(name));
}
