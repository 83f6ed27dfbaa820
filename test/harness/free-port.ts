import { createServer } from 'node:net';

const LAST_PORT = 65_535;

/** `preferred` if nobody listens there, else the next free one; without it any free port. */
export async function freePort(preferred = 0): Promise<number> {
	for (let port = preferred; port <= LAST_PORT; port++) {
		const got = await listen(port);
		if (got !== undefined) return got;
	}
	throw new Error(`No free port from ${preferred} on`);
}

async function listen(port: number): Promise<number | undefined> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', (error: NodeJS.ErrnoException) =>
			error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(undefined) : reject(error),
		);
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			const got = typeof address === 'object' ? address?.port : undefined;
			server.close(() => resolve(got));
		});
	});
}
