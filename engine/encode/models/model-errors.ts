import { existsSync } from 'node:fs';
import path from 'node:path';
import { EngineError } from '../../errors';
import { describeTransfer, shareOf } from './download-progress';
import { CATALOGUE, type CatalogueEntry } from './model-catalogue';
import type { ModelFetch } from './model-fetch';
import { readManifest, wrongFiles } from './model-integrity';
import { filesOf } from './model-layout';
import type { Preparation } from './model-store';

export function unknownModel(id: string, modelsDir: string): EngineError {
	return new EngineError(
		'MODEL_UNKNOWN',
		`There is no model "${id}". Known: ${CATALOGUE.map((entry) => entry.id).join(', ')}; ` +
			`or put the files of your own into a folder of that name in ${modelsDir}.`,
	);
}

export function notOnDisk(id: string): EngineError {
	return new EngineError('NOT_FOUND', `The model ${id} is not on the disk.`);
}

/** @param dir where its files belong */
export function offline({ id, layout, repository }: CatalogueEntry, dir: string): EngineError {
	const { config, towers } = filesOf(layout);
	const manifest = readManifest(dir);
	const wrong = manifest && wrongFiles(dir, manifest);
	const missing = [...config, ...towers].filter(
		(file) => wrong?.has(file) || !existsSync(path.join(dir, file)),
	);
	return new EngineError(
		'MODEL_OFFLINE',
		`The model ${id} in ${dir} is not complete, and downloads are switched off (HF_HUB_OFFLINE). ` +
			`Put these files of ${repository} there: ${missing.join(', ')}.`,
		{ folder: dir, missing },
	);
}

export function downloading(id: string, { transfer, problem }: ModelFetch): EngineError {
	return new EngineError(
		'MODEL_NOT_READY',
		`The model ${id} is being downloaded: ${describeTransfer(transfer)}. Try again in a moment.`,
		// Not in the sentence: a search shows that to whoever may search, and this names hosts.
		{ model: id, progress: shareOf(transfer), ...transfer, problem },
	);
}

export function preparing(id: string, { progress }: Preparation): EngineError {
	return new EngineError(
		'MODEL_NOT_READY',
		`The model ${id} is being prepared for this machine: ${Math.floor(progress * 100)} %. Try again in a moment.`,
		{ model: id, progress },
	);
}
