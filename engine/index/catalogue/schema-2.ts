import type { DatabaseSync } from 'node:sqlite';
import { cameraOf } from './camera';
import { photoChecksum, vectorChecksum } from './checksum';

/**
 * Rewrites `vectors`: its rows say a generation instead of a kind, and their key is unique with it.
 * SQLite cannot change a table's keys in place, so the vectors are copied once. They keep their
 * `seq`, and it goes on rising where it stood. Checksums are of what is found: what was damaged
 * before stays so.
 */
const SQL = `
	CREATE TABLE generations (
		-- Never reused: files and threads know a generation by it.
		generation INTEGER PRIMARY KEY AUTOINCREMENT,
		kind TEXT NOT NULL CHECK (kind IN ('image', 'text')),
		model TEXT NOT NULL,
		dimension INTEGER NOT NULL CHECK (dimension > 0),
		state TEXT NOT NULL CHECK (state IN ('building', 'active', 'retired')),
		activate_when_complete INTEGER NOT NULL DEFAULT 0,
		created_at TEXT NOT NULL,
		-- Counted along, since counting millions of rows takes as long as a hundred searches.
		vectors INTEGER NOT NULL DEFAULT 0,
		-- Photos that have a vector both here and in the active generation.
		shared INTEGER NOT NULL DEFAULT 0,
		UNIQUE (kind, model)
	) STRICT;
	CREATE UNIQUE INDEX generations_active ON generations (kind) WHERE state = 'active';
	INSERT INTO generations (generation, kind, model, dimension, state, created_at, vectors, shared)
		SELECT model, kind, name, dimension, 'active', strftime('%Y-%m-%dT%H:%M:%fZ'), n, n FROM (
			SELECT *, (SELECT count(*) FROM vectors v WHERE v.model = models.model) AS n FROM models
		);

	ALTER TABLE vectors RENAME TO vectors_1;
	CREATE TABLE vectors (
		-- Rises with every write and is never reused: a snapshot knows by it which vectors it holds.
		seq INTEGER PRIMARY KEY AUTOINCREMENT,
		photo INTEGER NOT NULL REFERENCES photos (photo) ON DELETE CASCADE,
		generation INTEGER NOT NULL REFERENCES generations (generation) ON DELETE CASCADE,
		-- float32, little-endian, unit length
		vector BLOB NOT NULL,
		-- CRC-32 of it
		checksum INTEGER NOT NULL,
		UNIQUE (photo, generation)
	) STRICT;
	INSERT INTO vectors (seq, photo, generation, vector, checksum)
		SELECT seq, photo, model, vector, vector_checksum(vector) FROM vectors_1 ORDER BY seq;
	-- A deleted vector's seq stays used.
	UPDATE sqlite_sequence SET seq =
		max(seq, (SELECT seq FROM sqlite_sequence WHERE name = 'vectors_1')) WHERE name = 'vectors';
	DROP TABLE vectors_1;
	DROP TABLE models;
	CREATE INDEX vectors_by_generation ON vectors (generation);

	DROP TABLE snapshots;
	CREATE TABLE snapshots (
		generation INTEGER NOT NULL REFERENCES generations (generation) ON DELETE CASCADE,
		type TEXT NOT NULL CHECK (type IN ('rows', 'faiss')),
		file TEXT NOT NULL,
		checksum TEXT NOT NULL,
		-- Vectors up to this seq, the gone ones aside, are in the file.
		last_seq INTEGER NOT NULL,
		rows INTEGER NOT NULL,
		-- seq of FAISS label 0, 1, 2, … as little-endian float64; NULL where the file says it.
		seqs BLOB,
		-- What else its reader wants to know, JSON.
		facts TEXT NOT NULL,
		written_at TEXT NOT NULL,
		-- Set while the file is being loaded: still set at a start, the load killed the process.
		loading INTEGER NOT NULL DEFAULT 0,
		PRIMARY KEY (generation, type)
	) STRICT;

	-- Vectors deleted since the snapshots, which still hold them.
	CREATE TABLE gone (
		generation INTEGER NOT NULL,
		seq INTEGER NOT NULL,
		PRIMARY KEY (generation, seq)
	) STRICT, WITHOUT ROWID;
	CREATE TRIGGER vectors_gone AFTER DELETE ON vectors
		-- Not where the whole generation goes.
		WHEN EXISTS (SELECT 1 FROM generations WHERE generation = OLD.generation)
	BEGIN
		INSERT INTO gone (generation, seq) VALUES (OLD.generation, OLD.seq);
	END;

	ALTER TABLE photos ADD COLUMN camera TEXT;
	UPDATE photos SET camera = camera_of(metadata) WHERE metadata <> '{}';
	-- CRC-32 of the values that callers wrote, and of those made of them.
	ALTER TABLE photos ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
	UPDATE photos SET checksum = photo_checksum(
		id, s3_path, etag, title, description, taken_at, size, width, height, lat, lon, bucket, key,
		tags, people, metadata, camera, taken_wall, taken_instant, indexed_at, revision
	);
	CREATE INDEX photos_by_camera ON photos (camera) WHERE camera IS NOT NULL;
	CREATE INDEX photos_by_place ON photos (lat, lon) WHERE lat IS NOT NULL;
	CREATE INDEX photos_by_instant ON photos (taken_instant);
`;

export function toSchema2(db: DatabaseSync): void {
	db.function('camera_of', { deterministic: true }, (metadata) =>
		cameraOf(JSON.parse(String(metadata)) as Record<string, unknown>),
	);
	db.function('vector_checksum', { deterministic: true }, (vector) =>
		vectorChecksum(vector as Uint8Array),
	);
	db.function('photo_checksum', { deterministic: true, varargs: true }, (...values) =>
		photoChecksum(values),
	);
	db.exec(SQL);
}
