/**
 * The child behind {@link S3Storage}: an S3 server on a folder, in a process of its own so that its
 * work shows up in nobody else's figures. Arguments: folder, port, buckets. Bucket events and the
 * readiness go to the parent over IPC.
 */
import { mkdirSync } from 'node:fs';
import S3rver from '@20minutes/s3rver';
import { pageListings } from './s3-listing';

const [folder = '', port = '', ...buckets] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const server = new S3rver({
	address: '127.0.0.1',
	port: Number(port),
	directory: folder,
	silent: true,
	// Its check disagrees with the SDK's streaming uploads.
	allowMismatchedSignatures: true,
	vhostBuckets: false,
	configureBuckets: buckets.map((name) => ({ name, configs: [] })),
});
pageListings(server);
server.on('event', (event) => process.send?.({ event }));
void server.run().then(() => process.send?.({ ready: true }));
