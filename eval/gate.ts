import type { AlbumReport } from './album/evaluate-album';
import type { DemoReport } from './demo/evaluate-demo';
import type { CommonFigures, CommonReport } from './photos/evaluate-common';
import type { PhotosReport } from './photos/evaluate-photos';

/** What was evaluated; what could not be is absent. */
export interface Reports {
	photos?: PhotosReport;
	common?: CommonReport;
	album?: AlbumReport;
	demo?: DemoReport;
}

/** Figures by name, `photos hybrid r1`. */
export type Figures = Record<string, number>;

/** What a figure may lose before somebody has to say that it was meant. */
const TOLERANCE = 0.02;
/** Of shares, which are rounded to four places. */
const ROUNDING = 1e-6;
/** Shares of errors: less is better. */
const ERRORS = /^photos reliability | (letThrough|lost)$/;
/** Counts of errors, of which none more is borne. */
const COUNTS = new Set(['album violations']);

/** The figures that are watched. */
export function watched({ photos, common, album, demo }: Reports): Figures {
	return {
		...(photos && {
			...prefixed('photos keyword', { ...photos.keyword }),
			...prefixed('photos hybrid', { ...photos.hybrid }),
			'photos reliability ece': photos.reliability.ece,
			'photos reliability eceFirst': photos.reliability.eceFirst,
			...prefixed('photos cutoff', { ...photos.cutoff }),
		}),
		...Object.assign({}, ...(common?.figures ?? []).map(commonFigures)),
		...(album && {
			'album precision': album.precision,
			'album recall': album.recall,
			'album violations': album.violations,
		}),
		...(demo && { 'demo r1': demo.r1, 'demo r5': demo.r5 }),
	};
}

/** A sentence about each figure that is worse than the baseline's by more than it may be. */
export function fallen(figures: Figures, baseline: Figures): string[] {
	return Object.entries(figures).flatMap(([name, now]) => {
		const before = baseline[name];
		if (before === undefined) return [];
		const isError = ERRORS.test(name) || COUNTS.has(name);
		const loss = isError ? now - before : before - now;
		const borne = COUNTS.has(name) ? 0 : TOLERANCE + ROUNDING;
		return loss > borne ? [`${name} is ${now}, and was ${before}`] : [];
	});
}

function commonFigures({ share, sigmoid, ...figures }: CommonFigures): Figures {
	const { precision, lost } = figures;
	// Where nobody shows it, none can be missed.
	const telling = share > 0 ? { ...figures } : { precision, lost };
	return prefixed(`common ${share}${sigmoid ? ' sigmoid' : ''}`, telling);
}

function prefixed(prefix: string, figures: Figures): Figures {
	return Object.fromEntries(
		Object.entries(figures).map(([name, value]) => [`${prefix} ${name}`, value]),
	);
}
