import type { DatabaseSync } from 'node:sqlite';

/**
 * A generation that is dropped is gone at once, and its vectors follow in pieces. What is left of it
 * has a row that nobody reads, or its vectors would belong to nothing.
 */
const SQL = `
	ALTER TABLE generations ADD COLUMN dropping INTEGER NOT NULL DEFAULT 0;

	DROP TRIGGER vectors_gone;
	CREATE TRIGGER vectors_gone AFTER DELETE ON vectors
		-- Not where the whole generation goes.
		WHEN EXISTS (SELECT 1 FROM generations WHERE generation = OLD.generation AND dropping = 0)
	BEGIN
		INSERT INTO gone (generation, seq) VALUES (OLD.generation, OLD.seq);
	END;
`;

export function toSchema4(db: DatabaseSync): void {
	db.exec(SQL);
}
