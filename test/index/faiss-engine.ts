/** A process with an accelerator, to be killed: says the FAISS process's pid once that builds. */
import { HnswAccelerator } from '../../engine/index/faiss/hnsw-accelerator';
import { faissProcess } from '../../engine/index/faiss/process';
import { SILENT } from '../../engine/index/index-logger';
import { TestStore } from './faiss-support';

const folder = process.argv[2]!;
const store = new TestStore(folder);
const accelerator = new HnswAccelerator({ label: 'test', folder, store, logger: SILENT });
accelerator.poke();
const timer = setInterval(() => {
	if (accelerator.stats().lastMerge === null) return;
	clearInterval(timer);
	process.send!(faissProcess().pid);
}, 5);
