import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** A graph, and the files beside it that hold its weights (`model.onnx_data`, `model.onnx.data`). */
export function towerFiles(graph: string): string[] {
	const dir = path.dirname(graph);
	const name = path.basename(graph);
	const weights = readdirSync(dir)
		.filter((file) => file.startsWith(`${name}_data`) || file.startsWith(`${name}.data`))
		.sort()
		.map((file) => path.join(dir, file));
	return [graph, ...weights];
}

/** What a tower occupies, weights beside the graph included; 0 for one that is gone. */
export function towerBytes(graph: string): number {
	try {
		return towerFiles(graph).reduce((sum, file) => sum + statSync(file).size, 0);
	} catch {
		return 0;
	}
}
