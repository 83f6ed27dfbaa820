import '../nodes/user-folder';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { ICredentialDataDecryptedObject, INodeExecutionData } from 'n8n-workflow';
import type { SearchResponse } from '../../engine/client';
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

function asked(query: Record<string, string | string[]>): INodeExecutionData[] {
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

		it('search webhook: answers with titles, relevance and addresses that open', async () => {
			const { response } = await runWorkflow(
				'search-webhook.json',
				'Search request',
				asked({ q: 'christmas tree' }),
				credentials,
			);
			assert.equal(response?.status, 200);
			const [first] = response.body['results'] as { id: string; url: string; relevance: number }[];
			assert.equal(first?.id, `photos/${TREE}`);
			assert.ok(first.relevance > 0 && first.relevance <= 1);
			const picture = await fetch(first.url);
			assert.equal(picture.status, 200);
			assert.ok(Buffer.from(await picture.arrayBuffer()).equals(photo(TREE)));
		});

		it('search webhook: every parameter reaches the search, alone or together', async () => {
			const search = async (query: Record<string, string | string[]>) => {
				const { response } = await runWorkflow(
					'search-webhook.json',
					'Search request',
					asked(query),
					credentials,
				);
				assert.equal(response?.status, 200, JSON.stringify([query, response?.body]));
				return response.body as unknown as SearchResponse & { query: string };
			};
			const ids = async (query: Record<string, string | string[]>) =>
				(await search(query)).results.map(({ id }) => id);

			const all = await ids({ bucket: 'photos', fold_duplicates: '0' });
			assert.equal(all.length, 2, 'filters alone are a question');
			assert.deepEqual(await ids({ taken_after: '2024-12-01', prefix: '0101' }), [
				`photos/${TREE}`,
			]);
			assert.deepEqual(await ids({ q: 'tree', tags: 'no such tag' }), []);
			assert.deepEqual(await ids({ like: [`photos/${TREE}`] }), [`photos/${BEACH}`]);
			for (const least of ['min_relevance', 'min_similarity']) {
				assert.ok(
					!(await ids({ q: 'christmas tree', [least]: '0.999999' })).includes(`photos/${BEACH}`),
				);
			}
			assert.deepEqual(await ids({ q: 'christmas tree', sort: 'newest' }), [`photos/${TREE}`]);
			assert.deepEqual(await ids({ q: 'christmas tree', only_relevant: 'true' }), [
				`photos/${TREE}`,
			]);
			const plain = await search({ q: 'christmas tree' });
			assert.equal(plain.facets, undefined);
			assert.equal(plain.explain, undefined);
			assert.ok(plain.total >= plain.relevant && plain.relevant >= 1);
			assert.equal(plain.capped, false);
			assert.deepEqual(plain.notes, []);
			const full = await search({ q: 'christmas tree', facets: '1', explain: 'yes' });
			assert.equal(full.facets?.years[0]?.value, '2024');
			assert.ok(full.explain && full.explain.plan.length > 0);
		});

		it('gallery page: answers with the photo it found, and says what it was asked', async () => {
			const page = async (query: Record<string, string>) => {
				const { run, items } = await runWorkflow(
					'gallery-page.json',
					'Page request',
					asked(query),
					credentials,
				);
				assert.equal(run.data.resultData.error, undefined);
				return String(items('Render page')[0]?.json['html']);
			};
			assert.match(await page({}), /Find a photo by what is in it/);
			const found = await page({ q: 'christmas tree', sort: 'newest' });
			assert.match(found, /1 relevant/);
			assert.ok(found.includes(`like=photos%2F${TREE}`));
			assert.match(found, /year%3A2024/);
			assert.ok((await page({ like: `photos/${TREE}` })).includes(BEACH));
			const wrong = await page({ q: 'tree', sort: '<b>', cursor: '<b>' });
			assert.match(wrong, /role="alert"/);
			assert.doesNotMatch(wrong, /<b>/);
		});

		it('search by picture: several pictures are one question', async () => {
			const picture = (name: string) => ({
				data: photo(name).toString('base64'),
				mimeType: 'image/jpeg',
			});
			const search = async (binary: INodeExecutionData['binary'], query = {}) =>
				(
					await runWorkflow(
						'search-by-picture.json',
						'Picture received',
						[{ json: asked(query)[0]!.json, binary }],
						credentials,
					)
				).response;
			const one = await search({ file: picture(TREE) });
			assert.equal((one?.body['results'] as { id: string }[])[0]?.id, `photos/${TREE}`);
			const two = await search({ file: picture(TREE), other: picture(BEACH) }, { sort: 'oldest' });
			assert.equal(two?.status, 200, JSON.stringify(two?.body));
			const none = await search({});
			assert.equal(none?.status, 400);
		});

		it('search webhook: no query, a foreign cursor and an unknown order get 400 with a reason', async () => {
			const queries: Record<string, string>[] = [
				{},
				{ q: '  ' },
				{ q: 'tree', cursor: 'rubbish' },
				{ q: 'tree', sort: 'best' },
			];
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
