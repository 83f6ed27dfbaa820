import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What can be said about faiss-node here without loading it, which only the FAISS process does. */
export interface Installation {
	/**
	 * Where its native part came from: our script fetched it or compiled it, or it was there without
	 * that, from faiss-node's own install script.
	 */
	binary: 'prebuilt' | 'compiled' | 'installed' | 'none';
	/** The FAISS it was compiled against, as far as known. */
	library?: string;
	/** Why there is none, and what to do. */
	reason?: string;
}

/** In the package, four folders above this one once compiled. */
const BUILD_SCRIPT = join(__dirname, '..', '..', '..', '..', 'scripts', 'build-faiss.mjs');

/** What {@link BUILD_SCRIPT} notes beside the binary it made or did not make. */
interface BuildNote {
	library?: string;
	fetched?: boolean;
	failed?: string;
}

/** @param packageDir faiss-node's folder; found if left out */
export function installation(packageDir = findPackage()): Installation {
	if (packageDir === undefined) {
		const reason =
			'faiss-node is not installed; n8n’s own installer leaves optional dependencies out. ' +
			'`npm install faiss-node --ignore-scripts` beside this package and ' +
			`\`node ${BUILD_SCRIPT}\`, adds it`;
		return { binary: 'none', reason };
	}
	const note = readNote(join(packageDir, 'build', 'faiss-build.json'));
	if (existsSync(join(packageDir, 'build', 'Release', 'faiss-node.node'))) {
		if (note?.library !== undefined) return { binary: 'compiled', library: note.library };
		return { binary: note?.fetched ? 'prebuilt' : 'installed' };
	}
	const tried = note?.failed === undefined ? '' : ` (last time: ${note.failed})`;
	const reason = `faiss-node has no native part yet; \`node ${BUILD_SCRIPT}\` makes it${tried}`;
	return { binary: 'none', reason };
}

function findPackage(): string | undefined {
	try {
		return dirname(require.resolve('faiss-node/package.json'));
	} catch {
		return undefined;
	}
}

function readNote(file: string): BuildNote | undefined {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as BuildNote;
	} catch {
		return undefined;
	}
}
