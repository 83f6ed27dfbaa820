import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Finding } from '../vector-index';
import { foldedSet } from './labels';
import { readGenerations } from './generations';
import { photoChecksum, vectorChecksum } from './checksum';
import { COLUMNS } from './photo-row';
import { isIntact } from './vector-check';

/** Ids named in a finding. */
const MAX_IDS = 100;

/** Vectors looked at between two reports of progress. */
const PAGE = 2_000;

/** What a database must be, each with the way to look. Vectors, which take longest, are apart. */
export const CHECKS = {
	sqlite: checkFile,
	references: checkReferences,
	'photo-bytes': checkPhotos,
	words: checkWords,
	labels: checkLabels,
	generations: checkGenerations,
} satisfies Record<string, (db: DatabaseSync) => Finding[]>;
export type Check = keyof typeof CHECKS;

const RESTORE = 'Restore photos.db from a backup, or drop the index and fill it again.';

/** SQLite's own structures, full text included. */
function checkFile(db: DatabaseSync): Finding[] {
	const rows = db.prepare('PRAGMA integrity_check(10)').all();
	const problems = rows.map((row) => String(row.integrity_check)).filter((text) => text !== 'ok');
	if (problems.length === 0) return [];
	return [{ invariant: 'sqlite', message: `${problems.join('; ')}. ${RESTORE}` }];
}

function checkReferences(db: DatabaseSync): Finding[] {
	const broken = db.prepare('PRAGMA foreign_key_check').all();
	if (broken.length === 0) return [];
	const tables = [...new Set(broken.map((row) => String(row.table)))].join(', ');
	const message = `${broken.length} rows of ${tables} belong to nothing. ${RESTORE}`;
	return [{ invariant: 'references', message }];
}

/** Each photo's row says what was stored. */
function checkPhotos(db: DatabaseSync): Finding[] {
	const select = db.prepare(`SELECT id, checksum, ${COLUMNS.join(', ')} FROM photos`);
	// A flipped bit can make an integer that is no number.
	select.setReadBigInts(true);
	select.setReturnArrays(true);
	const ids: string[] = [];
	for (const row of select.iterate() as Iterable<unknown> as Iterable<SQLOutputValue[]>) {
		const [id, checksum, ...values] = row;
		if (photoChecksum(values) !== Number(checksum)) ids.push(String(id));
		if (ids.length === MAX_IDS) break;
	}
	if (ids.length === 0) return [];
	const message = 'What is stored of these photos is damaged. Store all of it again.';
	return [{ invariant: 'photo-bytes', message, ids }];
}

/** Exactly one row of full text for each photo. */
function checkWords(db: DatabaseSync): Finding[] {
	const missing = idsWhere(db, 'photo NOT IN (SELECT id FROM words_docsize)');
	const extra = Number(
		db
			.prepare('SELECT count(*) AS n FROM words_docsize WHERE id NOT IN (SELECT photo FROM photos)')
			.get()?.n,
	);
	const findings: Finding[] = [];
	if (missing.length > 0) {
		const message = 'Photos are not found by their words. Store their title anew.';
		findings.push({ invariant: 'words', message, ids: missing });
	}
	if (extra > 0) {
		findings.push({ invariant: 'words', message: `${extra} rows of words are of no photo.` });
	}
	return findings;
}

/** The labels that filters compare are those of the lists that callers see. */
function checkLabels(db: DatabaseSync): Finding[] {
	const labelsOf = db.prepare('SELECT kind, name FROM labels WHERE photo = ?');
	const ids: string[] = [];
	for (const row of db.prepare('SELECT photo, id, tags, people FROM photos').iterate()) {
		const wanted = new Set([
			...[...foldedSet(listOf(row.tags))].map((name) => `tag ${name}`),
			...[...foldedSet(listOf(row.people))].map((name) => `person ${name}`),
		]);
		const stored = labelsOf.all(Number(row.photo)).map(({ kind, name }) => `${kind} ${name}`);
		if (stored.length !== wanted.size || stored.some((label) => !wanted.has(label))) {
			ids.push(String(row.id));
		}
	}
	if (ids.length === 0) return [];
	const message = 'Photos are filtered by other tags or people than they have. Store theirs anew.';
	return [{ invariant: 'labels', message, ids: ids.slice(0, MAX_IDS) }];
}

/** What a damaged list says is not asked here. */
function listOf(json: unknown): string[] {
	try {
		const list: unknown = JSON.parse(String(json));
		return Array.isArray(list) ? list.map(String) : [];
	} catch {
		return [];
	}
}

/** The counters of a generation, which completeness is judged by. */
function checkGenerations(db: DatabaseSync): Finding[] {
	const generations = readGenerations(db);
	const count = db.prepare('SELECT count(*) AS n FROM vectors WHERE generation = ?');
	const both = db.prepare(
		`SELECT count(*) AS n FROM (
			SELECT photo FROM vectors WHERE generation IN (?, ?) GROUP BY photo HAVING count(*) = 2
		)`,
	);
	return generations.flatMap(({ generation, kind, model, vectors, shared, state }) => {
		const active = generations.find((row) => row.kind === kind && row.state === 'active');
		const stored = Number(count.get(generation)?.n);
		const common =
			state === 'active'
				? stored
				: active
					? Number(both.get(generation, active.generation)?.n)
					: shared;
		if (stored === vectors && common === shared) return [];
		const message =
			`The ${kind} vectors of "${model}" are ${stored}, ${common} of them of photos with an active ` +
			`one, and are counted as ${vectors} and ${shared}. Export the index and import it into a new one.`;
		return [{ invariant: 'generations', message }];
	});
}

/** All but those of dropped generations, which are about to be deleted. */
export const COUNTED_VECTORS =
	'vectors WHERE generation NOT IN (SELECT generation FROM generations WHERE dropping = 1)';

/** Each vector is the one that was stored, of its generation's dimension. `last` is absent at the end. */
export function checkVectors(
	db: DatabaseSync,
	after: number,
): { findings: Finding[]; seen: number; last: number | undefined } {
	const rows = db
		.prepare(
			`SELECT seq, photo, dimension, dropping, vector, checksum FROM vectors JOIN generations USING (generation)
			WHERE seq > ? ORDER BY seq LIMIT ?`,
		)
		.all(after, PAGE);
	const counted = rows.filter(({ dropping }) => dropping === 0);
	const damaged = counted.filter(({ vector, dimension, checksum }) => {
		if (!(vector instanceof Uint8Array) || vector.length !== 4 * Number(dimension)) return true;
		return (
			vectorChecksum(vector) !== checksum || !isIntact(new Float32Array(vector.slice().buffer))
		);
	});
	const photos = JSON.stringify(damaged.map((row) => Number(row.photo)));
	const ids = idsWhere(db, 'photo IN (SELECT value FROM json_each(?))', photos);
	const message = 'Stored vectors are damaged and left out of searches. Embed these photos again.';
	return {
		findings: damaged.length > 0 ? [{ invariant: 'vector-bytes', message, ids }] : [],
		seen: counted.length,
		last: rows.length < PAGE ? undefined : Number(rows.at(-1)!.seq),
	};
}

function idsWhere(db: DatabaseSync, condition: string, ...values: SQLInputValue[]): string[] {
	const rows = db
		.prepare(`SELECT id FROM photos WHERE ${condition} LIMIT ${MAX_IDS}`)
		.all(...values);
	return rows.map((row) => String(row.id));
}
