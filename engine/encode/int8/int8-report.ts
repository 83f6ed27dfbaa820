import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ModelFolder } from '../models/model-folder';
import { fingerprintOf } from '../models/model-integrity';
import { cpu } from '../runtime/cpu';
import type { TowerReport } from './quantise-tower';

export type TowerKind = 'image' | 'text';

/** Changes with the way of making the towers: older ones are made anew. */
const RECIPE = 1;

/** What is remembered beside the towers. */
export type Int8Report = Record<TowerKind, TowerReport>;

interface Stored {
	recipe: number;
	/** Of the 32-bit model. */
	revision: string;
	/** Weights that one processor multiplies exactly saturate another. */
	machine: string;
	towers: Record<TowerKind, TowerReport & { size?: number; fingerprint?: string }>;
}

export function towerFile(dir: string, kind: TowerKind): string {
	return path.join(dir, `${kind}_model_int8.onnx`);
}

export async function writeReport(
	dir: string,
	{ revision }: ModelFolder,
	report: Int8Report,
): Promise<void> {
	const tower = (kind: TowerKind) => ({
		...report[kind],
		...(report[kind].accepted && fingerprintOf(towerFile(dir, kind))),
	});
	const stored: Stored = {
		...{ recipe: RECIPE, revision, machine: machine() },
		towers: { image: tower('image'), text: tower('text') },
	};
	await writeFile(path.join(dir, 'report.json'), JSON.stringify(stored, null, '\t'));
}

/**
 * The model with those towers in 8 bits that are close enough.
 *
 * @returns undefined where there are none for this model and machine, or where a file is missing,
 *   torn or not what was written: they are to be made anew
 */
export function readTowers(dir: string, folder: ModelFolder): ModelFolder | undefined {
	try {
		const stored = JSON.parse(readFileSync(path.join(dir, 'report.json'), 'utf8')) as Stored;
		const { recipe, revision, towers } = stored;
		const fits = recipe === RECIPE && revision === folder.revision && stored.machine === machine();
		if (!fits) return undefined;
		const use = (kind: TowerKind, original: string): string => {
			const { accepted, size, fingerprint } = towers[kind];
			if (!accepted) return original;
			const file = towerFile(dir, kind);
			const found = fingerprintOf(file);
			if (found.size !== size || found.fingerprint !== fingerprint) throw new Error('damaged');
			return file;
		};
		return {
			...folder,
			visionModel: use('image', folder.visionModel),
			textModel: use('text', folder.textModel),
		};
	} catch {
		return undefined;
	}
}

function machine(): string {
	return `${process.arch} ${cpu().model}`;
}
