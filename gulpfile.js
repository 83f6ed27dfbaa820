const { spawn } = require('node:child_process');
const path = require('node:path');
const { dest, series, src } = require('gulp');

/** Beside the code that tsc compiles: the resampler, and the files that n8n reads. */
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

/** engine/encode/pixels/simd to WebAssembly. */
function simd() {
	const compiler = path.join(__dirname, 'node_modules/assemblyscript/bin/asc.js');
	const config = path.join(__dirname, 'engine/encode/pixels/simd/asconfig.json');
	return spawn(process.execPath, [compiler, '--config', config], {
		cwd: __dirname,
		stdio: 'inherit',
	});
}

exports.build = series(icons, codex, workflows, simd);
