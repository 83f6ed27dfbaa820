const path = require('node:path');
const { dest, series, src } = require('gulp');

/** What n8n reads beside the compiled code: icons, codex files, and the workflows to import. */
const OUT = path.resolve(__dirname, 'dist');

// Binary-safe: gulp would otherwise decode and re-encode as UTF-8.
const options = { encoding: false };

function icons() {
	return src(['nodes/**/*.{svg,png}', 'credentials/**/*.{svg,png}'], {
		...options,
		base: __dirname,
	}).pipe(dest(OUT));
}

function codex() {
	return src('nodes/**/*.node.json', { ...options, base: __dirname }).pipe(dest(OUT));
}

function workflows() {
	return src('workflows/*.json', { ...options, base: __dirname }).pipe(dest(OUT));
}

exports.build = series(icons, codex, workflows);
