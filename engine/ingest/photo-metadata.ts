import ExifReader from 'exifreader';

import type { PhotoFacts } from '../service/contract';
import { formatDate, readDate, type PhotoDate } from './photo-date';
import { MAX_DESCRIPTION, MAX_TITLE, plainNames, plainText } from './plain-text';
import { xmpField, xmpItems, xmpText, xmpTexts } from './xmp';

/** ExifReader's groups, as far as they are used; any part may be missing or odd. */
interface Groups {
	exif: Record<string, Tag | undefined>;
	iptc: Record<string, Tag | Tag[] | undefined>;
	xmp: Record<string, unknown>;
	gps: { Latitude?: unknown; Longitude?: unknown };
}
interface Tag {
	value?: unknown;
	description?: unknown;
}

/** What cameras write into ImageDescription when nobody wrote anything. */
const CAMERA_NOISE =
	/^(olympus digital camera|sony dsc|samsung|minolta digital camera|konica minolta.*|kodak.*camera|digital camera|default|untitled|exif_jpeg_picture|image(description)?|(dsc|dscn|dscf|img|imgp|pict|p)_?\d+|<?\s*(cr)?eated (by|with) .*>?|\?+|-+)$/i;
const MAX_PATHS = 100;
/**
 * UTF-16 units of XMP that are still read: at worst a tenth of a second during which the engine
 * answers nobody. What photographers write fits many times over; more is an editing history.
 */
const MAX_XMP = 100_000;

/**
 * Title, description, tags, people, date and place from EXIF, IPTC and XMP, the camera and a few
 * credits under `metadata`. Never throws: what cannot be read is absent. Texts and lists are capped;
 * thumbnails, colour profiles and maker notes are dropped.
 *
 * @param bytes a whole JPEG, PNG or WebP file, or as much as there is of it
 */
export function readPhotoMetadata(bytes: Buffer): PhotoFacts {
	const groups = loadGroups(bytes);
	const facts: PhotoFacts = {};
	for (const reader of [readWords, readTags, readPeople, readWhen, readWhere, readCredits]) {
		try {
			const { metadata, ...found } = reader(groups);
			Object.assign(facts, found);
			if (metadata) facts.metadata = { ...facts.metadata, ...metadata };
		} catch {
			// A shape nobody thought of in one group says nothing about the others.
		}
	}
	return facts;
}

/**
 * Parsing is linear but slow, 1.5 s for a megabyte of tiny elements, and nobody waits for a photo's
 * editing history. So a first pass only measures the XMP, and a second reads it where it is sane.
 */
function loadGroups(bytes: Buffer): Groups {
	let xmpLength = 0;
	const measure = {
		parseFromString(xmp: string): never {
			xmpLength += xmp.length;
			throw new Error('measured, not parsed');
		},
	};
	try {
		let tags = ExifReader.load(bytes, { expanded: true, domParser: measure });
		if (xmpLength > 0 && xmpLength <= MAX_XMP) tags = ExifReader.load(bytes, { expanded: true });
		const { exif = {}, iptc = {}, xmp = {}, gps = {} } = tags;
		return { exif, iptc, xmp, gps } as Groups;
	} catch {
		return { exif: {}, iptc: {}, xmp: {}, gps: {} };
	}
}

function readWords({ exif, iptc, xmp }: Groups): PhotoFacts {
	const title = firstText(MAX_TITLE, [
		xmpText(xmp.title),
		iptcText(iptc['Object Name']),
		xmpText(xmp.Headline),
		iptcText(iptc.Headline),
		exifText(exif.XPTitle),
	]);
	const description = firstText(MAX_DESCRIPTION, [
		xmpText(xmp.description),
		iptcText(iptc['Caption/Abstract']),
		exifText(exif.ImageDescription),
	]);
	return { ...(title && { title }), ...(description && { description }) };
}

/** digiKam's paths, else Lightroom's, else flat keywords; of a path the last part is the tag. */
function readTags({ exif, iptc, xmp }: Groups): PhotoFacts {
	const digikam = xmpTexts(xmp.TagsList).map((path) => path.split('/'));
	const lightroom = xmpTexts(xmp.hierarchicalSubject).map((path) => path.split('|'));
	const paths = digikam.length > 0 ? digikam : lightroom;
	const flat = [
		...xmpTexts(xmp.subject),
		...[iptc.Keywords ?? []].flat().map(iptcText),
		...(exifText(exif.XPKeywords)?.split(';') ?? []),
	];
	const tags = plainNames(paths.length > 0 ? paths.map((path) => path.at(-1)) : flat);
	if (tags.length === 0) return {};
	const deep = paths.filter((path) => path.length > 1).slice(0, MAX_PATHS);
	const tagPaths = plainNames(deep.map((path) => path.join('/')));
	return { tags, ...(tagPaths.length > 0 && { metadata: { tag_paths: tagPaths } }) };
}

/** Named faces of the Metadata Working Group's and Microsoft's schemas, and IPTC's persons shown. */
function readPeople({ xmp }: Groups): PhotoFacts {
	const faces = xmpItems(xmpField(xmp.Regions, 'RegionList'))
		.filter((region) => /^face$/i.test(xmpText(xmpField(region, 'Type')) ?? ''))
		.map((region) => xmpText(xmpField(region, 'Name')));
	const microsoft = xmpItems(xmpField(xmp.RegionInfo, 'Regions')).map((region) =>
		xmpText(xmpField(region, 'PersonDisplayName')),
	);
	const people = plainNames([...faces, ...xmpTexts(xmp.PersonInImage), ...microsoft]);
	return people.length > 0 ? { people } : {};
}

function readWhen({ exif, iptc, xmp }: Groups): PhotoFacts {
	const fromXmp = [xmp.DateTimeOriginal, xmp.DateCreated].map((node) => readDate(xmpText(node)));
	const day = iptcText(iptc['Date Created']);
	const time = iptcText(iptc['Time Created']);
	const candidates = [
		readDate(exifText(exif.DateTimeOriginal), exifText(exif.OffsetTimeOriginal)),
		...fromXmp,
		readDate(day && `${isoDay(day)}${time ? `T${isoTime(time)}` : ''}`),
		readDate(exifText(exif.DateTimeDigitized), exifText(exif.OffsetTimeDigitized)),
		readDate(xmpText(xmp.CreateDate)),
	];
	const found = candidates.find((date) => date !== undefined);
	if (!found) return {};
	// Older cameras' EXIF has no offset; editing software often wrote the same instant with one.
	const twin = fromXmp.find((date) => date?.offset && date.local === found.local);
	const date: PhotoDate = { local: found.local, offset: found.offset ?? twin?.offset };
	return { taken_at: formatDate(date) };
}

function readWhere({ gps, xmp }: Groups): PhotoFacts {
	const lat = degrees(gps.Latitude, 90) ?? xmpDegrees(xmpText(xmp.GPSLatitude), 90);
	const lon = degrees(gps.Longitude, 180) ?? xmpDegrees(xmpText(xmp.GPSLongitude), 180);
	// 0, 0 is the sea off Ghana, and what a receiver without a fix writes.
	if (lat === undefined || lon === undefined || (lat === 0 && lon === 0)) return {};
	return { lat, lon };
}

function readCredits({ exif, iptc, xmp }: Groups): PhotoFacts {
	const some = (values: Record<string, unknown>) => {
		const kept = Object.entries(values).filter(([, value]) => value !== undefined);
		return kept.length > 0 ? Object.fromEntries(kept) : undefined;
	};
	const text = (...values: unknown[]) => firstText(MAX_TITLE, values);
	const rating = Number(xmpText(xmp.Rating) ?? exif.Rating?.value);
	const metadata = some({
		camera: some({
			make: text(exifText(exif.Make), xmpText(xmp.Make)),
			model: text(exifText(exif.Model), xmpText(xmp.Model)),
			lens: text(exifText(exif.LensModel), xmpText(xmp.LensModel), xmpText(xmp.Lens)),
		}),
		location: some({
			place: text(iptcText(iptc['Sub-location']), xmpText(xmp.Location)),
			city: text(xmpText(xmp.City), iptcText(iptc.City)),
			state: text(xmpText(xmp.State), iptcText(iptc['Province/State'])),
			country: text(xmpText(xmp.Country), iptcText(iptc['Country/Primary Location Name'])),
		}),
		creator: text(
			xmpText(xmp.creator),
			iptcText([iptc['By-line'] ?? []].flat()[0]),
			exifText(exif.Artist),
		),
		copyright: text(
			xmpText(xmp.rights),
			iptcText(iptc['Copyright Notice']),
			exifText(exif.Copyright),
		),
		rating: rating >= 1 && rating <= 5 ? rating : undefined,
	});
	return metadata ? { metadata } : {};
}

function firstText(maxLength: number, values: unknown[]): string | undefined {
	for (const value of values) {
		const text = plainText(value, maxLength);
		if (text && !CAMERA_NOISE.test(text)) return text;
	}
	return undefined;
}

/** EXIF strings come as a list of one; Windows' XP tags only as a description. */
function exifText(tag: Tag | undefined): string | undefined {
	if (!tag) return undefined;
	const value: unknown = Array.isArray(tag.value) ? tag.value[0] : tag.value;
	if (typeof value === 'string') return value;
	return typeof value === 'number' && typeof tag.description === 'string'
		? tag.description
		: undefined;
}

/** IPTC bytes: UTF-8 where they are valid UTF-8, whatever the (often missing) marker says. */
function iptcText(tag: Tag | Tag[] | undefined): string | undefined {
	const one = Array.isArray(tag) ? tag[0] : tag;
	if (!one) return undefined;
	if (!Array.isArray(one.value))
		return typeof one.description === 'string' ? one.description : undefined;
	const bytes = Uint8Array.from(one.value as number[]);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

/** IPTC writes `20190316` and `190100+0000`. */
function isoDay(day: string): string {
	return day.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
}

function isoTime(time: string): string {
	return time.replace(/^(\d{2})(\d{2})(\d{2})/, '$1:$2:$3');
}

function degrees(value: unknown, limit: number): number | undefined {
	if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > limit)
		return undefined;
	// A millionth of a degree is a hand's breadth.
	return Math.round(value * 1e6) / 1e6;
}

/** XMP's `54,59.38N` or `54,59,22.8N`. */
function xmpDegrees(text: string | undefined, limit: number): number | undefined {
	const parts = /^(\d+),(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?([NSEW])$/i.exec(text?.trim() ?? '');
	if (!parts) return undefined;
	const [, whole, minutes, seconds = '0', side = ''] = parts;
	const value = Number(whole) + Number(minutes) / 60 + Number(seconds) / 3600;
	return degrees(/[SW]/i.test(side) ? -value : value, limit);
}
