import type { PhotoFacts } from '../service/contract';
import { MAX_DESCRIPTION, MAX_TITLE, plainNames, plainText } from './plain-text';

/**
 * What the uploader wrote beside an object: `x-amz-meta-title`, `-description`, `-tags` and `-people`,
 * the latter two comma-separated.
 *
 * @param user the user metadata without its prefix, names in lower case, values as they came
 */
export function uploaderFacts(user: Record<string, string>): PhotoFacts {
	const title = plainText(decodeHeader(user.title), MAX_TITLE);
	const description = plainText(decodeHeader(user.description), MAX_DESCRIPTION);
	const tags = plainNames(decodeHeader(user.tags)?.split(',') ?? []);
	const people = plainNames(decodeHeader(user.people)?.split(',') ?? []);
	return {
		...(title && { title }),
		...(description && { description }),
		...(tags.length > 0 && { tags }),
		...(people.length > 0 && { people }),
	};
}

/**
 * HTTP headers are ASCII, so UTF-8 arrives in one of three disguises: RFC 2047 words (what AWS
 * itself answers), percent-encoding (what most clients send), or raw bytes read as Latin-1.
 */
function decodeHeader(value: string | undefined): string | undefined {
	if (value === undefined) return undefined;
	if (/=\?[^?\s]+\?[bq]\?[^?]*\?=/i.test(value)) return decodeWords(value);
	if (/%[0-9a-f]{2}/i.test(value)) {
		try {
			return decodeURIComponent(value);
		} catch {
			return value; // "100% cotton": a percent sign, not an encoding
		}
	}
	return utf8FromLatin1(value) ?? value;
}

/** RFC 2047: `=?UTF-8?B?…?=` and `=?UTF-8?Q?…?=`; blanks between two words are not part of the text. */
function decodeWords(value: string): string {
	const joined = value.replace(/(\?=)\s+(?==\?)/g, '$1');
	return joined.replace(
		/=\?([^?\s]+)\?([bq])\?([^?]*)\?=/gi,
		(word, charset: string, kind: string, text: string) => {
			const bytes = kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : quotedBytes(text);
			try {
				return new TextDecoder(charset.replace(/\*.*$/, '')).decode(bytes);
			} catch {
				return word;
			}
		},
	);
}

function quotedBytes(text: string): Buffer {
	const raw = text
		.replaceAll('_', ' ')
		.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	return Buffer.from(raw, 'latin1');
}

function utf8FromLatin1(value: string): string | undefined {
	if (!/[\u0080-\u00ff]/.test(value) || /[\u0100-\uffff]/.test(value)) return undefined;
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
	} catch {
		return undefined;
	}
}
