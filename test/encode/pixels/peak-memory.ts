/**
 * A process of its own for one image, so that its greatest memory is that image's: prints a line of
 * JSON with the outcome and the growth at the peak in bytes. Linux only.
 *
 *   node peak-memory.js FILE
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { toModelPixels } from '../../../engine/encode/pixels/model-pixels';
import { asEngineError } from '../../../engine/errors';

export interface PeakReport {
	outcome: string;
	grownBytes: number;
	ms: number;
}

const SQUARE = { imageSize: 512, filter: 'bicubic', fit: 'squash' } as const;

function statusOf(name: string): number {
	const line = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm');
	return Number(line.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}

async function main(file: string): Promise<PeakReport> {
	const bytes = readFileSync(file);
	// Forget the peak of the start.
	writeFileSync('/proc/self/clear_refs', '5');
	const before = statusOf('VmRSS');
	const start = performance.now();
	const outcome = await toModelPixels(bytes, SQUARE, { owned: true }).then(
		({ width, height }) => `${width}x${height}`,
		(error: unknown) => asEngineError(error).code,
	);
	const ms = performance.now() - start;
	return { outcome, grownBytes: statusOf('VmHWM') - before, ms };
}

void main(process.argv[2]!).then((report) => console.log(JSON.stringify(report)));
