import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
	isUncPath,
	networkType,
	readMountCommand,
	readMountinfo,
	refuseNetworkFolder,
} from '../../engine/index/catalogue/network-folder';
import { temporaryFolder } from './support';

const LINUX = readMountinfo(
	[
		'22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
		'30 22 0:40 / /mnt/nas rw,relatime shared:9 master:1 - nfs4 nas:/export rw,vers=4.2',
		'31 22 0:41 / /mnt/nas/local rw - ext4 /dev/sdb1 rw',
		'32 22 0:42 / /srv/my\\040photos rw - cifs //nas/photos rw',
		'33 22 0:43 /sub /home/node/.n8n rw - 9p host rw',
		'34 22 0:44 / /media/ssh rw - fuse.sshfs me@there: rw',
		'35 22 0:45 / /media/stick rw - fuseblk /dev/sdc1 rw',
		'36 22 0:46 / /over rw - nfs nas:/a rw',
		'37 22 8:5 / /over rw - xfs /dev/sda5 rw',
		'38 22 0:47 / /vm rw - virtiofs shared rw',
		'',
	].join('\n'),
);

for (const [path, expected] of [
	['/var/lib/index', undefined],
	['/mnt/nas/index', 'nfs4'],
	['/mnt/nas', 'nfs4'],
	['/mnt/nas-but-not-really', undefined],
	['/mnt/nas/local/index', undefined],
	['/srv/my photos/index', 'cifs'],
	['/home/node/.n8n/data', '9p'],
	['/media/ssh/x', 'fuse.sshfs'],
	['/media/stick/x', undefined],
	['/over/x', undefined],
	['/vm/x', undefined],
] as const) {
	test(`${path} is ${expected ? `on ${expected}` : 'on a local disk'}`, () => {
		assert.equal(networkType(path, LINUX), expected);
	});
}

test('shares are told from disks in the table of macOS', () => {
	const mounts = readMountCommand(
		[
			'/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)',
			'//guest@nas/photos on /Volumes/my photos (smbfs, nodev, nosuid)',
			'nas:/export on /Volumes/nfs (nfs)',
		].join('\n'),
	);
	assert.equal(networkType('/Users/me/data', mounts), undefined);
	assert.equal(networkType('/Volumes/my photos/index', mounts), 'smbfs');
	assert.equal(networkType('/Volumes/nfs/index', mounts), 'nfs');
});

test('shares are told from disks by the path on Windows', () => {
	for (const share of ['\\\\nas\\photos', '//nas/photos', '\\\\?\\UNC\\nas\\photos']) {
		assert.ok(isUncPath(share), share);
	}
	for (const disk of ['C:\\data', '\\\\?\\C:\\data', '\\\\.\\C:\\data', '\\data']) {
		assert.ok(!isUncPath(disk), disk);
	}
});

test('a folder that is not there yet is judged by the one it will be in', (t) => {
	refuseNetworkFolder(`${temporaryFolder(t)}/not/there/yet`);
});
