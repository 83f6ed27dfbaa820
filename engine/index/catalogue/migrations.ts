import type { DatabaseSync } from 'node:sqlite';
import { EngineError } from '../../errors';
import type { IndexLogger } from '../index-logger';
import { toSchema2 } from './schema-2';
import { toSchema3 } from './schema-3';
import { toSchema4 } from './schema-4';

/** Marks our files ("SIS1"), so that some other program's database is not mistaken for an index. */
export const APPLICATION_ID = 0x53495331;

interface Migration {
	version: number;
	why: string;
	run(db: DatabaseSync): void;
}

const SCHEMA_1 = `
	CREATE TABLE photos (
		-- Never reused: a search in flight may still hold the key of a deleted photo.
		photo INTEGER PRIMARY KEY AUTOINCREMENT,
		id TEXT NOT NULL UNIQUE,
		s3_path TEXT,
		-- From s3_path, for filters.
		bucket TEXT,
		key TEXT,
		etag TEXT,
		size REAL,
		width REAL,
		height REAL,
		title TEXT,
		description TEXT,
		-- As the caller wrote them, JSON lists; the table labels is what is compared.
		tags TEXT NOT NULL DEFAULT '[]',
		people TEXT NOT NULL DEFAULT '[]',
		taken_at TEXT,
		taken_wall INTEGER,
		taken_instant INTEGER,
		lat REAL,
		lon REAL,
		metadata TEXT NOT NULL DEFAULT '{}',
		indexed_at TEXT NOT NULL,
		-- Rises when the words change, so that an embedding of older words is recognised.
		revision INTEGER NOT NULL DEFAULT 1,
		-- Milliseconds since 1970 when the text vector became owed; NULL if it is not.
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
		-- Never reused: a snapshot knows by it whether a vector is still the same one.
		seq INTEGER PRIMARY KEY AUTOINCREMENT,
		photo INTEGER NOT NULL REFERENCES photos (photo) ON DELETE CASCADE,
		kind TEXT NOT NULL CHECK (kind IN ('image', 'text')),
		model INTEGER NOT NULL REFERENCES models (model),
		-- float32, little-endian, unit length
		vector BLOB NOT NULL,
		UNIQUE (photo, kind)
	) STRICT;
	CREATE INDEX vectors_by_model ON vectors (model);

	-- Contentless: the words stand in photos already.
	CREATE VIRTUAL TABLE words USING fts5 (
		title, description, tags, people, filename,
		content = '', contentless_delete = 1,
		tokenize = 'unicode61 remove_diacritics 2'
	);

	CREATE TABLE snapshots (
		kind TEXT PRIMARY KEY CHECK (kind IN ('image', 'text')),
		file TEXT NOT NULL,
		sha256 TEXT NOT NULL,
		-- vectors.seq of FAISS label 0, 1, 2, … as little-endian float64
		seqs BLOB NOT NULL,
		ef_search INTEGER NOT NULL,
		recall REAL NOT NULL,
		-- Set while the file is being loaded: still set at a start, the load killed the process.
		loading INTEGER NOT NULL DEFAULT 0
	) STRICT;
`;

/** Numbered, only ever appended to; `PRAGMA user_version` is the last one that ran. */
const MIGRATIONS: readonly Migration[] = [
	{
		version: 1,
		why: 'Photos, their vectors and their words.',
		run: (db) => db.exec(SCHEMA_1),
	},
	{
		version: 2,
		why: 'Vectors of a new model are kept beside those of the old one; cameras and places are found.',
		run: toSchema2,
	},
	{
		version: 3,
		why: 'Words are found in every script, with umlauts spelled out, and in parts of Chinese or Thai text.',
		run: toSchema3,
	},
	{
		version: 4,
		why: 'Vectors of a model that is dropped are deleted in pieces, between which others write.',
		run: toSchema4,
	},
];

/** The schema this engine writes. */
export const SCHEMA_VERSION = MIGRATIONS.at(-1)!.version;

/**
 * Whether a database is new; nothing has been written to it so far.
 *
 * Throws `ENGINE_INCOMPATIBLE` for a newer schema or another program's file.
 */
export function checkSchema(db: DatabaseSync, indexName: string): 'new' | 'ours' {
	const version = pragma(db, 'user_version');
	const application = pragma(db, 'application_id');
	if (version > SCHEMA_VERSION) {
		throw new EngineError(
			'ENGINE_INCOMPATIBLE',
			`Index "${indexName}" was written by a newer version of this package (schema ${version}, ` +
				`this one knows ${SCHEMA_VERSION}). Update the package, or use another index.`,
			{ index: indexName, schema: version, known: SCHEMA_VERSION },
		);
	}
	if ((version > 0 || hasTables(db)) && application !== APPLICATION_ID) {
		throw new EngineError(
			'ENGINE_INCOMPATIBLE',
			`photos.db of index "${indexName}" is a database of some other program.`,
			{ index: indexName },
		);
	}
	return version > 0 ? 'ours' : 'new';
}

/**
 * Brings a database to {@link SCHEMA_VERSION}, each step in a transaction of its own: one that was
 * interrupted begins anew at the next start, and nothing is lost.
 */
export function migrate(db: DatabaseSync, indexName: string, logger: IndexLogger): void {
	const version = pragma(db, 'user_version');
	for (const step of MIGRATIONS) {
		if (step.version <= version) continue;
		if (version > 0) {
			const of = `${step.version - 1} to ${step.version}`;
			logger.info(`index "${indexName}": schema ${of}. ${step.why} This can take minutes.`);
		}
		db.exec('BEGIN IMMEDIATE');
		try {
			step.run(db);
			db.exec(`PRAGMA user_version = ${step.version}; PRAGMA application_id = ${APPLICATION_ID}`);
			db.exec('COMMIT');
		} catch (error) {
			if (db.isTransaction) db.exec('ROLLBACK');
			throw error;
		}
	}
}

function pragma(db: DatabaseSync, name: 'user_version' | 'application_id'): number {
	return Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function hasTables(db: DatabaseSync): boolean {
	return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
}
