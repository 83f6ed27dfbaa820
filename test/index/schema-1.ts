import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The first schema, as version 0.1 of this package wrote it. Never to be changed. */
const SCHEMA = `
	CREATE TABLE photos (
		photo INTEGER PRIMARY KEY AUTOINCREMENT,
		id TEXT NOT NULL UNIQUE,
		s3_path TEXT,
		bucket TEXT,
		key TEXT,
		etag TEXT,
		size REAL,
		width REAL,
		height REAL,
		title TEXT,
		description TEXT,
		tags TEXT NOT NULL DEFAULT '[]',
		people TEXT NOT NULL DEFAULT '[]',
		taken_at TEXT,
		taken_wall INTEGER,
		taken_instant INTEGER,
		lat REAL,
		lon REAL,
		metadata TEXT NOT NULL DEFAULT '{}',
		indexed_at TEXT NOT NULL,
		revision INTEGER NOT NULL DEFAULT 1,
		text_owed_since INTEGER
	) STRICT;
	CREATE INDEX photos_by_key ON photos (bucket, key);
	CREATE INDEX photos_by_taken ON photos (taken_wall);
	CREATE INDEX photos_owing ON photos (text_owed_since, photo)
		WHERE text_owed_since IS NOT NULL;

	CREATE TABLE labels (
		kind TEXT NOT NULL CHECK (kind IN ('tag', 'person')),
		name TEXT NOT NULL,
		photo INTEGER NOT NULL REFERENCES photos (photo) ON DELETE CASCADE,
		PRIMARY KEY (kind, name, photo)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX labels_by_photo ON labels (photo);

	CREATE TABLE models (
		model INTEGER PRIMARY KEY,
		kind TEXT NOT NULL CHECK (kind IN ('image', 'text')),
		name TEXT NOT NULL,
		dimension INTEGER NOT NULL CHECK (dimension > 0),
		UNIQUE (kind, name)
	) STRICT;

	CREATE TABLE vectors (
		seq INTEGER PRIMARY KEY AUTOINCREMENT,
		photo INTEGER NOT NULL REFERENCES photos (photo) ON DELETE CASCADE,
		kind TEXT NOT NULL CHECK (kind IN ('image', 'text')),
		model INTEGER NOT NULL REFERENCES models (model),
		vector BLOB NOT NULL,
		UNIQUE (photo, kind)
	) STRICT;
	CREATE INDEX vectors_by_model ON vectors (model);
	CREATE VIRTUAL TABLE words USING fts5 (
		title, description, tags, people, filename,
		content = '', contentless_delete = 1,
		tokenize = 'unicode61 remove_diacritics 2'
	);

	CREATE TABLE snapshots (
		kind TEXT PRIMARY KEY CHECK (kind IN ('image', 'text')),
		file TEXT NOT NULL,
		sha256 TEXT NOT NULL,
		seqs BLOB NOT NULL,
		ef_search INTEGER NOT NULL,
		recall REAL NOT NULL,
		loading INTEGER NOT NULL DEFAULT 0
	) STRICT;
`;

export interface OldPhoto {
	id: string;
	title?: string;
	tags?: string[];
	metadata?: unknown;
	image?: Float32Array;
	text?: Float32Array;
}

/** Writes an index of the first schema into a data folder. */
export function writeSchema1(dataDir: string, photos: OldPhoto[]): void {
	const folder = join(dataDir, 'indexes', 'photos');
	mkdirSync(folder, { recursive: true });
	const db = new DatabaseSync(join(folder, 'photos.db'));
	db.exec('PRAGMA page_size = 16384; PRAGMA journal_mode = WAL');
	db.exec(SCHEMA);
	db.exec(`PRAGMA user_version = 1; PRAGMA application_id = ${0x53495331}`);
	const dimension = (kind: 'image' | 'text') => photos.find((photo) => photo[kind])?.[kind]!.length;
	db.prepare(
		"INSERT INTO models VALUES (7, 'image', 'vision@1', ?), (9, 'text', 'words@1', ?)",
	).run(dimension('image') ?? 2, dimension('text') ?? 2);
	const addPhoto = db.prepare(
		`INSERT INTO photos (id, title, tags, metadata, indexed_at, text_owed_since)
		VALUES (?, ?, ?, ?, '2024-01-01T00:00:00.000Z', ?)`,
	);
	const addLabel = db.prepare("INSERT INTO labels VALUES ('tag', ?, ?)");
	const addWords = db.prepare(
		"INSERT INTO words (rowid, title, description, tags, people, filename) VALUES (?, ?, '', ?, '', '')",
	);
	const addVector = db.prepare(
		'INSERT INTO vectors (photo, kind, model, vector) VALUES (?, ?, ?, ?)',
	);
	const bytes = ({ buffer, byteOffset, byteLength }: Float32Array) =>
		new Uint8Array(buffer, byteOffset, byteLength);
	db.exec('BEGIN');
	for (const { id, title = null, tags = [], metadata = {}, image, text } of photos) {
		const owed = title !== null && !text ? 1 : null;
		const row = addPhoto.run(id, title, JSON.stringify(tags), JSON.stringify(metadata), owed);
		const photo = row.lastInsertRowid;
		for (const tag of tags) addLabel.run(tag, photo);
		addWords.run(photo, title ?? '', tags.join('\n'));
		if (image) addVector.run(photo, 'image', 7, bytes(image));
		if (text) addVector.run(photo, 'text', 9, bytes(text));
	}
	db.exec("INSERT INTO snapshots VALUES ('image', 'image-1.faiss', 'x', x'', 128, 1.0, 0)");
	db.exec('COMMIT');
	db.close();
}
