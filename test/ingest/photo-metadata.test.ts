import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';

import sharp from 'sharp';

import { buildPhotoFacts } from '../../engine/ingest/photo-facts';
import { readPhotoMetadata } from '../../engine/ingest/photo-metadata';
import { NO_SHARED_DATA, sharedData } from '../harness/shared-data';

const read = (folder: string, name: string) => readFileSync(sharedData(folder, name));
const meta = (name: string) => readPhotoMetadata(read('metadata-jpegs', name));

/** A tiny JPEG with this XMP packet, as Lightroom and digiKam embed it. */
async function withXmp(description: string): Promise<Buffer> {
	const xmp = `<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
		xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:digiKam="http://www.digikam.org/ns/1.0/"
		xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"
		xmlns:MP="http://ns.microsoft.com/photo/1.2/" xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#"
		xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:exif="http://ns.adobe.com/exif/1.0/">${description}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
	const pixels = { create: { width: 8, height: 8, channels: 3 as const, background: 'red' } };
	return sharp(pixels).withXmp(xmp).jpeg().toBuffer();
}

/** The headers of a PNG with this packet in its text chunk; there are no pixels. */
function pngWithXmp(xmp: string): Buffer {
	const chunk = (type: string, data: Buffer) => {
		const head = Buffer.alloc(8);
		head.writeUInt32BE(data.length, 0);
		head.write(type, 4, 'latin1');
		return Buffer.concat([head, data, Buffer.alloc(4)]);
	};
	const size = Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0]);
	return Buffer.concat([
		Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
		chunk('IHDR', size),
		chunk('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${xmp}`)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

const bag = (name: string, items: string[], kind = 'Bag') =>
	`<${name}><rdf:${kind}>${items.map((item) => `<rdf:li>${item}</rdf:li>`).join('')}</rdf:${kind}></${name}>`;

describe('photo metadata', () => {
	test('tags: digiKam paths before Lightroom paths before flat keywords', async () => {
		const digikam = bag('digiKam:TagsList', ['Places/Italy/Rome', 'Sunset'], 'Seq');
		const lightroom = bag('lr:hierarchicalSubject', ['Animal|Dog', 'Beach']);
		const flat = bag('dc:subject', ['one', 'One', ' two ']);
		assert.deepEqual(readPhotoMetadata(await withXmp(flat)).tags, ['one', 'two']);
		const second = readPhotoMetadata(await withXmp(lightroom + flat));
		assert.deepEqual([second.tags, second.metadata?.tag_paths], [['Dog', 'Beach'], ['Animal/Dog']]);
		const first = readPhotoMetadata(await withXmp(digikam + lightroom + flat));
		assert.deepEqual(first.tags, ['Rome', 'Sunset']);
		assert.deepEqual(first.metadata?.tag_paths, ['Places/Italy/Rome']);
	});

	test('people: named faces of both schemas and persons shown, each once, no pets', async () => {
		const region = (name: string, type: string) =>
			`<rdf:li rdf:parseType="Resource"><mwg-rs:Name>${name}</mwg-rs:Name><mwg-rs:Type>${type}</mwg-rs:Type></rdf:li>`;
		const xmp = await withXmp(
			`<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag>${region('Pat', 'Face')}${region('Rex', 'Pet')}${region('', 'Face')}</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>
			<MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag><rdf:li rdf:parseType="Resource"><MPReg:PersonDisplayName>Jack</MPReg:PersonDisplayName></rdf:li></rdf:Bag></MPRI:Regions></MP:RegionInfo>
			${bag('Iptc4xmpExt:PersonInImage', ['Pat', 'Zoë'])}`,
		);
		assert.deepEqual(readPhotoMetadata(xmp).people, ['Pat', 'Zoë', 'Jack']);
	});

	test('of a title in several languages the default one is taken', async () => {
		const xmp = await withXmp(
			`<dc:title><rdf:Alt><rdf:li xml:lang="de">Strand</rdf:li><rdf:li xml:lang="x-default">Beach</rdf:li></rdf:Alt></dc:title>`,
		);
		assert.equal(readPhotoMetadata(xmp).title, 'Beach');
	});

	test('places of XMP are signed degrees; what is no place is dropped', async () => {
		const at = async (lat: string, lon: string) => {
			const xmp = `<exif:GPSLatitude>${lat}</exif:GPSLatitude><exif:GPSLongitude>${lon}</exif:GPSLongitude>`;
			const { lat: y, lon: x } = readPhotoMetadata(await withXmp(xmp));
			return [y, x];
		};
		assert.deepEqual(await at('33,51.5S', '151,12,36E'), [-33.858333, 151.21]);
		assert.deepEqual(await at('0,0N', '0,0E'), [undefined, undefined]);
		assert.deepEqual(await at('99,0N', '1,0E'), [undefined, undefined]);
	});

	test('endless texts and lists are cut', async () => {
		const many = Array.from({ length: 5_000 }, (_, i) => `tag ${i}`);
		const started = performance.now();
		const facts = readPhotoMetadata(await withXmp(bag('dc:subject', many.slice(0, 800))));
		assert.equal(facts.tags?.length, 100);
		const long = readPhotoMetadata(
			await withXmp(bag('dc:description', ['x'.repeat(30_000)], 'Alt')),
		);
		assert.equal(long.description?.length, 5_000);
		assert.ok(performance.now() - started < 2_000);
	});

	test('megabytes of XMP do not hold up the process', () => {
		const packet = (inner: string) =>
			`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">${inner}</rdf:Description></rdf:RDF></x:xmpmeta>`;
		const bombs = ['<dc:a>'.repeat(500_000), bag('dc:subject', Array<string>(200_000).fill('a'))];
		for (const bomb of bombs) {
			const started = performance.now();
			readPhotoMetadata(pngWithXmp(packet(bomb)));
			assert.ok(performance.now() - started < 500);
		}
		// Below the limit the worst is parsed, above it nothing.
		const small = packet(bag('dc:subject', Array<string>(4_000).fill('a')));
		assert.ok(small.length < 100_000);
		const started = performance.now();
		assert.deepEqual(readPhotoMetadata(pngWithXmp(small)).tags, ['a']);
		assert.ok(performance.now() - started < 500);
		const big = packet(`<dc:title>ok</dc:title>${'<!-- -->'.repeat(15_000)}`);
		assert.equal(readPhotoMetadata(pngWithXmp(big)).title, undefined);
		const title = packet('<dc:title>ok</dc:title>');
		assert.equal(readPhotoMetadata(pngWithXmp(title)).title, 'ok');
	});

	test('bytes that are no image, and cut files, throw nothing', async () => {
		const jpeg = await withXmp(bag('dc:subject', ['a']));
		for (const bytes of [Buffer.alloc(0), Buffer.from('hello'), Buffer.alloc(100_000, 255)]) {
			assert.deepEqual(readPhotoMetadata(bytes), {});
		}
		for (let length = 0; length < jpeg.length; length += 7) {
			readPhotoMetadata(jpeg.subarray(0, length));
		}
	});

	test('bucket and uploader win over the file, and the decoder over its header', async () => {
		const jpeg = await withXmp(bag('dc:title', ['From file'], 'Alt') + bag('dc:subject', ['a']));
		const facts = buildPhotoFacts(
			jpeg,
			{ width: 3, height: 2 },
			{ s3_path: 's3://p/a.jpg', etag: 'e', size: jpeg.length, title: 'From uploader' },
		);
		assert.deepEqual(
			[facts.title, facts.tags, facts.width, facts.height, facts.etag],
			['From uploader', ['a'], 3, 2, 'e'],
		);
	});
});

describe('photo metadata of real files', { skip: NO_SHARED_DATA }, () => {
	test('title, description and place agree with the other reader', () => {
		const canon = meta('Canon_EOS_7D.jpg');
		assert.deepEqual([canon.title, canon.description], ['Titel - Kyra', 'mit blauem Kleid']);
		assert.equal(canon.taken_at, '2010-12-12T12:41:35+01:00');
		assert.deepEqual(canon.metadata?.camera, {
			make: 'Canon',
			model: 'Canon EOS 7D',
			lens: 'EF24-70mm f/2.8L USM',
		});
		const fuji = meta('FujiFilm_FinePixS1Pro_1.jpg');
		assert.deepEqual([fuji.lat, fuji.lon], [54.989667, -1.914167]);
		assert.deepEqual(meta('Photoshop_3.jpg').tags, ['test keyword 1', 'test keyword 2']);
		assert.deepEqual(meta('Issue_258_dotnet.jpg').people, [
			'Person Shown 1 (ref2019.1)',
			'Person Shown 2 (ref2019.1)',
		]);
	});

	test('a camera’s blank or made-up description is none', () => {
		assert.equal(meta('Konica_Q-M100_2.jpg').description, undefined);
		assert.equal(meta('Apple_iPhone_4.jpg').description, undefined);
	});

	test('every date the other reader found is found, as the same wall-clock time', () => {
		const names = readdirSync(sharedData('metadata-jpegs')).filter((name) => name.endsWith('.jpg'));
		for (const name of names) {
			const expected = read('metadata-jpegs', `${name}.expected.txt`).toString('latin1');
			const date = /Date\/Time Original = (\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(expected);
			if (!date) continue;
			const [, year, month, day, time] = date;
			assert.equal(meta(name).taken_at?.slice(0, 19), `${year}-${month}-${day}T${time}`, name);
		}
	});

	test('150 hostile files throw nothing and take no time', () => {
		for (const name of readdirSync(sharedData('hostile-jpegs'))) {
			const started = performance.now();
			const facts = readPhotoMetadata(read('hostile-jpegs', name));
			assert.ok(performance.now() - started < 500, name);
			assert.ok(JSON.stringify(facts).length < 20_000, name);
		}
	});
});
