import { workerData } from 'node:worker_threads';
import { FileLock } from '../engine/file-lock';

/** Two of these ask for a lock at the same moment, again and again. */
export interface Contest {
	file: string;
	rounds: number;
	/** Two meetings a round. */
	meetings: SharedArrayBuffer;
	/** By round, how many got the lock. */
	winners: SharedArrayBuffer;
}

const { file, rounds, meetings, winners } = workerData as Contest;
const met = new Int32Array(meetings);
const won = new Int32Array(winners);
let meeting = 0;

/** Waits until the other is here, too; awake, or one would be late. */
function meet(): void {
	Atomics.add(met, meeting, 1);
	while (Atomics.load(met, meeting) < 2);
	meeting++;
}

for (let round = 0; round < rounds; round++) {
	meet();
	const lock = FileLock.acquire(file);
	if (lock) Atomics.add(won, round, 1);
	meet();
	lock?.release();
}
