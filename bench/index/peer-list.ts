/** Where a peer's library comes from, and how it is run. */
export interface PeerEntry {
	/** As `--peers` and the figures call it. */
	name: string;
	/** Compiled module of bench/peers, or Python's. */
	module: 'usearch' | 'sqlite-vec' | 'lancedb' | 'faiss-node' | 'python';
	variant: string;
	/** Packages from npm, with versions; none for what this package depends on itself. */
	packages?: string[];
	/** That searching takes one thread, as everywhere here. */
	env?: Record<string, string>;
}

const USEARCH = ['usearch@2.26.2'];
const SQLITE_VEC = ['sqlite-vec@0.1.9', `sqlite-vec-${systemName()}-${process.arch}@0.1.9`];
const LANCEDB = [
	'@lancedb/lancedb@0.39.0',
	`@lancedb/lancedb-${process.platform}-${process.arch}${abi()}@0.39.0`,
	'apache-arrow@18.1.0',
];
/** With LANCE_IO_THREADS=1 it waits for itself for ever (0.39.0). */
const LANCEDB_ENV = { LANCE_CPU_THREADS: '1' };

const OPENMP_ENV = { OMP_NUM_THREADS: '1' };

/** Python's packages, for all of its peers. */
export const REQUIREMENTS = ['numpy==2.3.5', 'faiss-cpu==1.15.1', 'hnswlib==0.8.0'];

export const PEERS: readonly PeerEntry[] = [
	{ name: 'usearch', module: 'usearch', variant: 'f32', packages: USEARCH },
	{ name: 'usearchI8', module: 'usearch', variant: 'i8', packages: USEARCH },
	{ name: 'sqliteVec', module: 'sqlite-vec', variant: 'exact', packages: SQLITE_VEC },
	{ name: 'sqliteVecBinary', module: 'sqlite-vec', variant: 'binary', packages: SQLITE_VEC },
	{ name: 'lancedb', module: 'lancedb', variant: '', packages: LANCEDB, env: LANCEDB_ENV },
	{ name: 'faissNode', module: 'faiss-node', variant: 'as it comes', env: OPENMP_ENV },
	{ name: 'faissNodeTuned', module: 'faiss-node', variant: 'tuned', env: OPENMP_ENV },
	{ name: 'faissCpuFlat', module: 'python', variant: 'faiss-flat' },
	{ name: 'faissCpuHnsw', module: 'python', variant: 'faiss-hnsw' },
	{ name: 'faissCpuIvf', module: 'python', variant: 'faiss-ivf' },
	{ name: 'hnswlib', module: 'python', variant: 'hnswlib' },
];

function systemName(): string {
	return process.platform === 'win32' ? 'windows' : process.platform;
}

function abi(): string {
	if (process.platform === 'win32') return '-msvc';
	return process.platform === 'linux' ? '-gnu' : '';
}
