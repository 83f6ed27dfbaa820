import '../nodes/user-folder';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { ICredentialDataDecryptedObject, INodeExecutionData } from 'n8n-workflow';
import { PACKAGE_ROOT } from '../../engine/locations';
import { testEngine, type TestEngine } from '../harness/engine';
import { startS3Server, type S3TestServer } from '../harness/s3-server';
import { NO_N8N } from './n8n-base-nodes';
import { runWorkflow } from './run-workflow';

const TREE = '0101-under-the-tree.jpg';
const BEACH = '0203-last-light.jpg';
const REEF = '0404-reef.jpg';

function photo(name: string): Buffer {
	return readFileSync(join(PACKAGE_ROOT, 'demo', 'gallery', name));
}

function asked(query: Record<string, string>): INodeExecutionData[] {
	return [{ json: { query, headers: {}, params: {}, body: {} } }];
}

describe(
	'the workflow files, executed by n8n-core against the real engine and S3',
	{ skip: NO_N8N },
	() => {
		let engine: TestEngine;
		let s3: S3TestServer;
		let credentials: Record<string, ICredentialDataDecryptedObject>;
		before(async () => {
			engine = testEngine();
			// The workflows use the local engine; this is where its nodes look for it.
			process.env['SEMANTIC_IMAGE_SEARCH_DATA'] = engine.dataDir;
			s3 = await startS3Server(['photos']);
			const { endpoint, access_key_id, secret_access_key } = s3.connection;
			credentials = {
				semanticImageSearchS3Api: {
					endpoint: endpoint!,
					region: 'us-east-1',
					accessKeyId: access_key_id,
					secretAccessKey: secret_access_key,
					forcePathStyle: true,
				},
			};
			for (const name of [TREE, BEACH]) await s3.put('photos', name, photo(name));
			await s3.put('photos', 'broken.jpg', photo(TREE).subarray(0, 4000));
		});
		after(async () => {
			await engine.close();
			await s3.close();
		});

		it('backfill: indexes the bucket and names the photo it could not', async () => {
			const { items, run } = await runWorkflow(
				'backfill-bucket.json',
				'Start',
				[{ json: {} }],
				credentials,
			);
			assert.equal(run.data.resultData.error, undefined);
			const [report] = items('Report');
			assert.equal(report?.json['photos_in_index'], 2);
			assert.equal(report?.json['failed'], 1);
			assert.match(JSON.stringify(report?.json['failures']), /broken\.jpg/);
		});

		it('upload event: a new photo is indexed, a deleted one removed', async () => {
			await s3.put('photos', REEF, photo(REEF));
			const event = (name: string, key: string): INodeExecutionData => ({
				json: { event: name, bucket: 'photos', key, s3_path: `s3://photos/${key}` },
			});
			const upload = () =>
				runWorkflow(
					'index-on-upload-event.json',
					'Bucket event',
					[event('created', REEF)],
					credentials,
				);
			assert.equal((await upload()).items('Add to index')[0]?.json['id'], `photos/${REEF}`);
			assert.equal((await engine.client.stats('photos')).photos, 3);
			// Events come twice.
			await upload();
			assert.equal((await engine.client.stats('photos')).photos, 3);
			await s3.delete('photos', REEF);
			await runWorkflow(
				'index-on-upload-event.json',
				'Bucket event',
				[event('removed', REEF)],
				credentials,
			);
			assert.equal((await engine.client.stats('photos')).photos, 2);
		});

		it('upload event: a broken photo fails the execution by name, the good one beside it is kept', async () => {
			const { run } = await runWorkflow(
				'index-on-upload-event.json',
				'Bucket event',
				['broken.jpg', BEACH].map((key) => ({
					json: { event: 'created', bucket: 'photos', key, s3_path: `s3://photos/${key}` },
				})),
				credentials,
			);
			assert.match(run.data.resultData.error?.message ?? '', /broken\.jpg/);
			assert.equal(
				(await engine.client.getImage('photos', `photos/${BEACH}`)).has_image_vector,
				true,
			);
		});

		it('search webhook: answers with titles, similarity and addresses that open', async () => {
			const { response } = await runWorkflow(
				'search-webhook.json',
				'Search request',
				asked({ q: 'christmas tree' }),
				credentials,
			);
			assert.equal(response?.status, 200);
			const [first] = response.body['results'] as { id: string; url: string; similarity: number }[];
			assert.equal(first?.id, `photos/${TREE}`);
			assert.ok(first.similarity > 0 && first.similarity <= 1);
			const picture = await fetch(first.url);
			assert.equal(picture.status, 200);
			assert.ok(Buffer.from(await picture.arrayBuffer()).equals(photo(TREE)));
		});

		it('search webhook: no query and a foreign cursor get 400 with a reason', async () => {
			const queries: Record<string, string>[] = [{}, { q: '  ' }, { q: 'tree', cursor: 'rubbish' }];
			for (const query of queries) {
				const { response } = await runWorkflow(
					'search-webhook.json',
					'Search request',
					asked(query),
					credentials,
				);
				assert.equal(response?.status, 400, JSON.stringify(query));
				assert.ok((response.body['error'] as { message: string }).message.length > 10);
			}
		});
	},
);
