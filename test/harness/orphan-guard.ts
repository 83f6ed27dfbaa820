/**
 * Preloaded into processes we start: when the one that started us is gone, even by signal 9, its
 * end of the IPC channel closes, and we end ourselves instead of staying behind on a port.
 */
const GRACE_MS = 15_000;

if (process.channel) {
	process.once('disconnect', () => {
		process.kill(process.pid, 'SIGTERM');
		setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
	});
	process.channel.unref();
}
