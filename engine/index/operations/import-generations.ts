import { EngineError } from '../../errors';
import type { Generation, VectorIndex, VectorKind } from '../vector-index';
import { sortGenerations, type ExportedGeneration } from './export-format';

const KINDS: readonly VectorKind[] = ['image', 'text'];

/**
 * Makes room for the vectors of an export. A kind that has no generation yet gets those of the
 * export, in their states. Where one is active already it stays so, and what is new is built
 * beside it: an import never changes what searches see of photos that it does not hold.
 *
 * @returns what a user should know
 * @throws EngineError `VECTOR_LENGTH` if a model's vectors have another length here
 */
export async function recreateGenerations(
	index: VectorIndex,
	exported: readonly ExportedGeneration[],
): Promise<string[]> {
	const existing = await index.generations();
	checkDimensions(index.name, existing, exported);
	const hints: string[] = [];
	for (const kind of KINDS) {
		const wanted = sortGenerations(exported.filter((one) => one.kind === kind));
		const here = existing.filter((one) => one.kind === kind);
		const missing = wanted.filter(({ model }) => !here.some((one) => one.model === model));
		for (const { model, dimension } of missing) {
			await index.beginGeneration(kind, { model, dimension, activateWhenComplete: false });
		}
		const active = wanted.find(({ state }) => state === 'active');
		if (here.length === 0) {
			// Retired is what another one has followed.
			const retired = wanted.filter(({ state }) => state === 'retired');
			for (const { model } of [...retired, ...(active ? [active] : [])]) {
				await index.activateGeneration(kind, model, { incomplete: true });
			}
		} else if (active && index.model(kind) !== active.model) {
			hints.push(
				`Searches of "${index.name}" stay with the ${kind} vectors of ${index.model(kind) ?? 'no model'}; ` +
					`those of ${active.model}, active in the export, are stored beside them until they are activated.`,
			);
		}
	}
	return hints;
}

function checkDimensions(
	name: string,
	existing: Generation[],
	exported: readonly ExportedGeneration[],
): void {
	for (const { kind, model, dimension } of exported) {
		const here = existing.find((one) => one.kind === kind && one.model === model);
		if (!here || here.dimension === dimension) continue;
		throw new EngineError(
			'VECTOR_LENGTH',
			`The export holds ${kind} vectors of ${dimension} numbers from model "${model}", but index ` +
				`"${name}" holds ones of ${here.dimension}. Import it into another index.`,
			{ index: name, kind, model, expected: here.dimension, got: dimension },
		);
	}
}
