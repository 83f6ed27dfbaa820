import type { Reliability } from './reliability';

const SIDE = 320;
const LEFT = 48;
const TOP = 16;
const HISTOGRAM = 64;
const GAP = 12;
const BOTTOM = 44;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** An SVG of its own that is readable on light and on dark pages. */
export function reliabilityDiagram({ bins, ece }: Reliability, title: string): string {
	const width = LEFT + SIDE + 16;
	const height = TOP + SIDE + GAP + HISTOGRAM + BOTTOM;
	const x = (value: number) => round(LEFT + value * SIDE);
	const y = (value: number) => round(TOP + (1 - value) * SIDE);
	const floor = TOP + SIDE + GAP + HISTOGRAM;
	const most = Math.max(...bins.map(({ count }) => count));
	// By logarithm: results that are plainly wrong are a hundred times as many as doubtful ones.
	const tall = (count: number) => round((Math.log1p(count) / Math.log1p(most)) * HISTOGRAM);

	const grid = TICKS.flatMap((tick) => [
		`<path class="grid" d="M${x(tick)} ${TOP}v${SIDE}M${LEFT} ${y(tick)}h${SIDE}"/>`,
		`<text x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
		`<text x="${x(tick)}" y="${floor + 16}" text-anchor="middle">${tick}</text>`,
	]);
	const points = bins.map(
		({ relevance, right, count }) =>
			`<circle class="mark" cx="${x(relevance)}" cy="${y(right)}" r="4.5"><title>${count} results: relevance ${relevance}, right ${right}</title></circle>`,
	);
	const bars = bins.map(
		({ from, to, count }) =>
			`<rect class="bar" x="${x(from) + 1}" y="${floor - tall(count)}" width="${round((to - from) * SIDE) - 2}" height="${tall(count)}"><title>${count} results</title></rect>`,
	);
	const line = bins.map(({ relevance, right }) => `${x(relevance)},${y(right)}`).join(' ');
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}">
<style>
svg { color: #1f2328; background: #ffffff; font: 12px system-ui, sans-serif }
text { fill: currentColor }
.grid { stroke: currentColor; stroke-opacity: .15; fill: none }
.ideal { stroke: currentColor; stroke-opacity: .5; stroke-dasharray: 4 4 }
.line { stroke: #0969da; stroke-width: 2; fill: none }
.mark { fill: #0969da }
.bar { fill: #0969da; fill-opacity: .45 }
@media (prefers-color-scheme: dark) {
svg { color: #e6edf3; background: #0d1117 }
.line { stroke: #58a6ff }
.mark, .bar { fill: #58a6ff }
}
</style>
${grid.join('\n')}
<path class="ideal" d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}"/>
<polyline class="line" points="${line}"/>
${points.join('\n')}
${bars.join('\n')}
<text x="${LEFT + 10}" y="${TOP + 20}">calibration error ${ece.toFixed(3)}</text>
<text x="${LEFT + SIDE / 2}" y="${height - 8}" text-anchor="middle">relevance (bars: results, logarithmic)</text>
<text transform="translate(14 ${TOP + SIDE / 2}) rotate(-90)" text-anchor="middle">share of right ones</text>
</svg>
`;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}

function escape(text: string): string {
	return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
