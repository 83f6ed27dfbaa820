import path from 'node:path';
import { EngineError } from '../../errors';

/** A file name that means the same on every system, and no hidden file. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** What SQLite keeps beside a database, and a backup that is not complete, which the next start removes. */
const BESIDE = /(\.partial|-journal|-wal|-shm)$/;

/** Where backups lie unless told otherwise. */
export function backupsFolder(dataDir: string): string {
	return path.join(dataDir, 'backups');
}

/** `photos-20261122T224008Z.db`: sorts by time, and is a file name everywhere. */
export function backupName(index: string, now: Date): string {
	return `${index}-${now.toISOString().replace(/[-:]|\.\d+/g, '')}.db`;
}

/**
 * The file that somebody means by `file`. A name alone lies in {@link backupsFolder}. Only whoever may
 * do as the engine's user anyway can name another place: over the network a path would let the
 * holder of a token write, and look for, files all over the machine.
 *
 * @param mayChoosePlace whether absolute paths are taken
 * @throws EngineError `BAD_BACKUP_PATH`
 */
export function backupPlace(dataDir: string, file: string, mayChoosePlace: boolean): string {
	const beside = BESIDE.exec(file);
	if (beside) {
		throw new EngineError(
			'BAD_BACKUP_PATH',
			`A backup's name does not end in "${beside[0]}": such files come and go with others.`,
		);
	}
	if (NAME.test(file)) return path.join(backupsFolder(dataDir), file);
	if (!mayChoosePlace) {
		throw new EngineError(
			'BAD_BACKUP_PATH',
			'Over the network a backup has a name (letters, digits, ".", "_", "-") and lies in the folder "backups" of the engine’s data folder. Other places can be named on the engine’s machine.',
		);
	}
	if (!path.isAbsolute(file) || file.includes('\0')) {
		throw new EngineError(
			'BAD_BACKUP_PATH',
			'Give an absolute path, or a name of letters, digits, ".", "_" and "-".',
		);
	}
	const place = path.resolve(file);
	if (contains(dataDir, place) && !contains(backupsFolder(dataDir), place)) {
		throw new EngineError(
			'BAD_BACKUP_PATH',
			`Inside of the engine’s data folder, backups lie in ${backupsFolder(dataDir)} only. Name a file there or elsewhere.`,
		);
	}
	return place;
}

function contains(folder: string, file: string): boolean {
	const relative = path.relative(folder, file);
	return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}
