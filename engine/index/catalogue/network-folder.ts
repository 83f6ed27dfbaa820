import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EngineError } from '../../errors';

/**
 * File systems whose files live on another machine, by the names that mount tables give them. What a
 * virtual machine shares with its host (virtiofs, vboxsf) keeps its locks and shared memory in one
 * kernel and is not among them; 9p does not.
 */
const NETWORK_TYPES =
	/^(nfs\d*|cifs|smb\d*|smbfs|9p|afs|afpfs|ncpfs|coda|ceph|lustre|gpfs|beegfs|orangefs|pvfs2|glusterfs|webdav|davfs|fuse\.(sshfs|ceph-fuse|glusterfs|s3fs|rclone|goofys|gcsfuse|blobfuse2?|davfs2?|curlftpfs|smbnetfs|juicefs))$/;

/** `f_type` of statfs(2), for where there is no mount table to read (linux/magic.h). */
const NETWORK_MAGIC: Record<number, string | undefined> = {
	0x6969: 'nfs',
	0xff534d42: 'cifs',
	0xfe534d42: 'smb2',
	0x517b: 'smb',
	0x01021997: '9p',
	0x5346414f: 'afs',
	0x73757245: 'coda',
	0x00c36400: 'ceph',
	0x0bd00bd0: 'lustre',
};

/**
 * Throws `NETWORK_FILE_SYSTEM` for a folder that is not on a disk of this machine. SQLite's write-ahead
 * log is shared memory between its readers and its writer, which no network file system has: the
 * database would be damaged sooner or later, and without a sign.
 */
export function refuseNetworkFolder(folder: string): void {
	const type = networkTypeOf(folder);
	if (type === undefined) return;
	throw new EngineError(
		'NETWORK_FILE_SYSTEM',
		`${folder} is on a network file system (${type}), where SQLite's write-ahead log does not work ` +
			'and an index would be damaged. Choose a data folder on a disk of this machine; to keep copies ' +
			'elsewhere, back up to it.',
		{ folder, type },
	);
}

function networkTypeOf(folder: string): string | undefined {
	if (process.platform === 'win32')
		return isUncPath(resolve(folder)) ? 'a Windows share' : undefined;
	const real = realpathOf(folder);
	if (process.platform === 'linux') {
		const table = contentOf('/proc/self/mountinfo');
		if (table) return networkType(real, readMountinfo(table));
		return NETWORK_MAGIC[statfsSync(real).type >>> 0];
	}
	try {
		const table = execFileSync('mount', { encoding: 'utf8', timeout: 2_000 });
		return networkType(real, readMountCommand(table));
	} catch {
		// Nothing speaks against the folder.
		return undefined;
	}
}

export interface Mount {
	point: string;
	type: string;
}

/** The type of the file system under a path, if it is one of another machine's. */
export function networkType(path: string, mounts: Mount[]): string | undefined {
	let under: Mount | undefined;
	for (const mount of mounts) {
		const inside =
			mount.point === '/' || path === mount.point || path.startsWith(`${mount.point}/`);
		// Of two on the same point the later one covers the other.
		if (inside && mount.point.length >= (under?.point.length ?? 0)) under = mount;
	}
	return under && NETWORK_TYPES.test(under.type) ? under.type : undefined;
}

/** Lines of /proc/self/mountinfo (proc(5)): `36 35 98:0 ROOT POINT rw … - TYPE SOURCE OPTIONS` */
export function readMountinfo(text: string): Mount[] {
	return text.split('\n').flatMap((line) => {
		const [before = '', after] = line.split(' - ');
		const point = before.split(' ')[4];
		const type = after?.split(' ')[0];
		if (!point || !type) return [];
		// Spaces and the like stand there in octal.
		const plain = point.replace(/\\([0-7]{3})/g, (_, octal: string) =>
			String.fromCharCode(parseInt(octal, 8)),
		);
		return [{ point: plain, type }];
	});
}

/** Lines of mount(8) on macOS: `//guest@nas/photos on /Volumes/photos (smbfs, nodev)` */
export function readMountCommand(text: string): Mount[] {
	return text.split('\n').flatMap((line) => {
		const match = /^.* on (\/.*) \(([a-z0-9]+)[,)]/.exec(line);
		return match ? [{ point: match[1]!, type: match[2]! }] : [];
	});
}

/** `\\server\share\…`, also in its long form; `\\?\C:\…` is a local disk. */
export function isUncPath(path: string): boolean {
	return /^[\\/]{2}(?![?.][\\/])/.test(path) || /^\\\\\?\\UNC\\/i.test(path);
}

/** Of the nearest folder above that is there already. */
function realpathOf(folder: string): string {
	let at = resolve(folder);
	while (!existsSync(at) && at !== dirname(at)) at = dirname(at);
	return realpathSync(at);
}

function contentOf(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}
