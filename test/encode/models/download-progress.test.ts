import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
	describeTransfer,
	DownloadProgress,
	ProgressLog,
} from '../../../engine/encode/models/download-progress';
import { formatDuration } from '../../../engine/format';

const MB = 1e6;

describe('download progress', () => {
	it('gives rate and time left of a steady line', () => {
		const progress = new DownloadProgress(100 * MB);
		for (let second = 0; second <= 20; second++) progress.update(second * 2 * MB, second * 1000);
		assert.deepEqual(progress.at(20_000), {
			received: 40 * MB,
			total: 100 * MB,
			bytesPerSecond: 2 * MB,
			secondsLeft: 30,
		});
	});

	it('does not take for speed what was there before, or the rest would seem a moment away', () => {
		const progress = new DownloadProgress(800 * MB);
		progress.restart(700 * MB, 0);
		for (let second = 1; second <= 5; second++)
			progress.update(700 * MB + second * MB, second * 1000);
		assert.equal(progress.at(5000).bytesPerSecond, MB);
	});

	it('notices that a line became slow, within seconds', () => {
		const progress = new DownloadProgress(1000 * MB);
		for (let second = 0; second <= 60; second++) progress.update(second * 10 * MB, second * 1000);
		for (let second = 61; second <= 75; second++)
			progress.update((600 + (second - 60)) * MB, second * 1000);
		const { bytesPerSecond } = progress.at(75_000);
		assert.ok(bytesPerSecond! < 1.5 * MB, String(bytesPerSecond));
	});

	it('of a dead line promises no end', () => {
		const progress = new DownloadProgress(1000 * MB);
		progress.update(0, 0);
		progress.update(100 * MB, 10_000);
		assert.equal(progress.at(10_000).secondsLeft, 90);
		progress.restart(100 * MB, 20_000);
		assert.equal(progress.at(50_000).secondsLeft, undefined);
	});

	it('never shows more than there is, though a mirror may not say how much that is', () => {
		const progress = new DownloadProgress();
		progress.update(0, 0);
		progress.update(5 * MB, 2000);
		assert.deepEqual(progress.at(2000), {
			received: 5 * MB,
			total: 5 * MB,
			bytesPerSecond: 2.5 * MB,
		});
	});

	it('that falls back, since a file began anew, gives no negative rate', () => {
		const progress = new DownloadProgress(100 * MB);
		progress.update(50 * MB, 0);
		progress.update(60 * MB, 1000);
		progress.update(40 * MB, 2000);
		progress.update(41 * MB, 3000);
		assert.equal(progress.at(3000).bytesPerSecond, MB);
	});

	it('is told in words', () => {
		const told = describeTransfer({
			received: 333 * MB,
			total: 813 * MB,
			bytesPerSecond: 12 * MB,
			secondsLeft: 40,
		});
		assert.equal(told, '40 % of 813 MB, 12 MB/s, about 40 s left');
		assert.equal(describeTransfer({ received: 0, total: 1.63e9 }), '0 % of 1.6 GB');
		assert.equal(describeTransfer({ received: 2_500, total: 0 }), '3 kB');
		assert.deepEqual([0.2, 89, 100, 5400].map(formatDuration), ['1 s', '89 s', '2 min', '1.5 h']);
	});

	it('fills a log with some lines, not with thousands', () => {
		const lines = new ProgressLog(0);
		let due = 0;
		for (let percent = 1; percent <= 100; percent++) {
			if (lines.isDue({ received: percent, total: 100 }, percent * 10)) due++;
		}
		assert.equal(due, 10);
		const slow = new ProgressLog(0);
		due = 0;
		for (let second = 1; second <= 300; second++) {
			if (slow.isDue({ received: second, total: 1e6 }, second * 1000)) due++;
		}
		assert.equal(due, 10);
	});
});
