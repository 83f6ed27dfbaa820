const { spawn } = require('node:child_process');
const path = require('node:path');
const { dest, series, src } = require('gulp');

/** Beside the code that tsc compiles: compiled SIMD, and the files that n8n reads. */
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

/** AssemblyScript to WebAssembly. */
function compileSimd(folder) {
	const compiler = path.join(__dirname, 'node_modules/assemblyscript/bin/asc.js');
	const config = path.join(__dirname, folder, 'simd/asconfig.json');
	return spawn(process.execPath, [compiler, '--config', config], {
		cwd: __dirname,
		stdio: 'inherit',
	});
}

function pixelsSimd() {
	return compileSimd('engine/encode/pixels');
}

function vectorsSimd() {
	return compileSimd('engine/index/vectors');
}

exports.build = series(icons, codex, workflows, pixelsSimd, vectorsSimd);
