import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../test/harness/root';
import { sharedData } from '../test/harness/shared-data';
import { evaluateAlbum } from './album/evaluate-album';
import { albumTable } from './album/print-album';
import { demoTable, evaluateDemo } from './demo/evaluate-demo';
import { watched, type Figures, type Reports } from './gate';
import { evaluateCommon } from './photos/evaluate-common';
import { evaluatePhotos } from './photos/evaluate-photos';
import { commonTable } from './photos/print-common';
import { photosTable } from './photos/print-photos';

export const ALBUM = join(ROOT, 'eval', 'album', 'album.json');
const BASELINE = join(ROOT, 'eval', 'baseline.json');
/** What 28 of the hundred photos show. */
const COMMON_WORD = ['dog', 'dogs'];
const PHOTOS = sharedData('photos100', 'photos.json');

/** Everything that there is data for; `say` gets lines for people. */
export async function evaluateAll(say: (lines: string[]) => void): Promise<Reports> {
	const reports: Reports = {};
	if (existsSync(PHOTOS)) {
		reports.photos = await evaluatePhotos({ photos: PHOTOS });
		say([...photosTable(reports.photos), '']);
		reports.common = await evaluateCommon({ photos: PHOTOS, words: COMMON_WORD });
		say([...commonTable(reports.common), '']);
	} else {
		say(['Photos with vectors are not here (SHARED_DATA names their folder): left out.', '']);
	}
	reports.album = (await evaluateAlbum(ALBUM)).report;
	say([...albumTable(reports.album), '']);
	const demo = await evaluateDemo();
	reports.demo = demo.report;
	say(demoTable(demo.report, demo.answers));
	return reports;
}

/** Figures of the last state that was found good. */
export function readBaseline(): Figures {
	return JSON.parse(readFileSync(BASELINE, 'utf8')) as Figures;
}

/** Makes these figures the baseline; those of what was left out stay. */
export function updateBaseline(reports: Reports): void {
	const before = existsSync(BASELINE) ? readBaseline() : {};
	const figures = { ...before, ...watched(reports) };
	writeFileSync(BASELINE, `${JSON.stringify(figures, null, '\t')}\n`);
}
