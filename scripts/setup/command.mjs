import { spawn } from 'node:child_process';

const KEPT_LINES = 40;

/**
 * Runs a set-up command quietly: its last line goes to `say`, its last lines into the error if it
 * fails. Resolves with what it wrote to stdout.
 */
export function command(file, args, { cwd, env, say = () => {} } = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(file, args, {
			cwd,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let stdout = '';
		let tail = [];
		const keep = (chunk) => {
			tail = [...tail, ...String(chunk).split('\n').filter(Boolean)].slice(-KEPT_LINES);
			if (tail.length) say(tail.at(-1));
		};
		child.stdout.on('data', (chunk) => {
			stdout += chunk;
			keep(chunk);
		});
		child.stderr.on('data', keep);
		child.once('error', reject);
		child.once('close', (code, signal) => {
			say('');
			if (code === 0) return resolve(stdout);
			const reason = signal ? `was ended by ${signal}` : `failed with code ${code}`;
			reject(new Error(`${[file, ...args].join(' ')} ${reason}\n${tail.join('\n')}`));
		});
	});
}
