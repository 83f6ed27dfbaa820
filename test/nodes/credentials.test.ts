import './user-folder';
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { LoadOptionsContext } from 'n8n-core';
import {
	NodeHelpers,
	type ICredentialTestFunctions,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';
import { EngineError } from '../../engine/client';
import { IndexVector } from '../../nodes/IndexVector/IndexVector.node';
import { s3CredentialTest } from '../../nodes/shared/credentialTest';
import { toS3Connection } from '../../nodes/shared/credentials';
import { localTarget } from '../../nodes/shared/engine';
import { SiglipEmbedImage } from '../../nodes/SiglipEmbedImage/SiglipEmbedImage.node';
import { startFakeEngine, TOKEN, type FakeEngine } from './fake-engine';
import { additionalData, buildWorkflow, credentialsFor, execute, S3_FIELDS } from './host';

const S3 = 'semanticImageSearchS3Api';

/** What the editor shows: n8n fills in the parameters' defaults first and drops hidden ones. */
function asksForS3(node: INodeType, parameters: INodeParameters): boolean {
	const { properties, credentials } = node.description;
	const filled = NodeHelpers.getNodeParameters(
		properties,
		parameters,
		true,
		false,
		null,
		node.description,
	);
	const credential = credentials!.find(({ name }) => name === S3)!;
	assert.equal(credential.required, true);
	return NodeHelpers.displayParameter(filled!, credential, null, node.description);
}

let engine: FakeEngine;
before(async () => (engine = await startFakeEngine()));
after(() => engine.close());
beforeEach(() => (engine.calls.length = 0));

describe('the S3 credential is asked for where the node cannot work without it', () => {
	const cases: Array<[INodeParameters, boolean]> = [
		[{ operation: 'sync' }, true],
		[{ operation: 'delete', onlyIfMissing: true }, true],
		[{ operation: 'delete', onlyIfMissing: '={{ $json.check }}' }, true],
		[{ operation: 'delete' }, false],
		[{ operation: 'delete', onlyIfMissing: false }, false],
		[{ operation: 'delete', deleteBy: 'filter' }, false],
		// What an earlier choice left behind is not shown any more and must not count.
		[{ operation: 'delete', deleteBy: 'filter', onlyIfMissing: true }, false],
		[{ operation: 'sync', deleteBy: 'filter', onlyIfMissing: false }, true],
		[{ operation: 'upsert' }, false],
		[{}, false],
		[{ operation: 'get' }, false],
		[{ operation: 'stats' }, false],
	];
	for (const [parameters, asked] of cases) {
		test(`Index Vector, ${JSON.stringify(parameters)}: ${asked ? 'asked for' : 'not'}`, () => {
			assert.equal(asksForS3(new IndexVector(), parameters), asked);
		});
	}

	test('SigLIP Embed Image asks for it for S3 objects only', () => {
		for (const source of ['s3', 'binary', 'text']) {
			assert.equal(asksForS3(new SiglipEmbedImage(), { source }), source === 's3');
		}
	});

	test('n8n hands it over at run time where it was asked for', async () => {
		engine.answer('POST /buckets/head', () => ({ objects: [null], errors: [] }));
		engine.answer('DELETE /indexes/photos/images', ({ body }) => ({
			deleted: body.ids,
			missing: [],
		}));
		engine.answer('POST /indexes/photos/sync', () => ({ id: 'j', state: 'queued' }));
		const index = { __rl: true, mode: 'name', value: 'photos' };
		const run = async (parameters: INodeParameters) => {
			const step = { type: 'indexVector', parameters: { index, ...parameters }, credentials: [S3] };
			const item = { json: { id: 'photos/a.jpg', s3_path: 's3://photos/a.jpg', check: true } };
			const { error } = await execute(engine.url, [step], [item]);
			assert.equal(error, undefined);
		};
		await run({ operation: 'delete', onlyIfMissing: true });
		await run({ operation: 'delete', onlyIfMissing: '={{ $json.check }}' });
		await run({ operation: 'sync', bucket: 'photos', wait: false });
		const sent = engine.calls.flatMap(({ body }) => (body.s3 ? [body.s3.access_key_id] : []));
		assert.deepEqual(sent, Array(3).fill(S3_FIELDS.accessKeyId));
		// A credential that stayed in the workflow, now hidden, must not break the other operations.
		await run({ operation: 'delete' });
	});

	test('the list of buckets says that the credential is missing instead of showing none', async () => {
		const node = new IndexVector();
		const list = async (credentials: string[]) => {
			const parameters = { operation: 'sync' };
			const workflow = buildWorkflow([{ type: 'indexVector', parameters, credentials }]);
			const context = new LoadOptionsContext(
				workflow,
				workflow.getNode('indexVector 0')!,
				additionalData(credentialsFor(engine.url)),
				'',
			);
			return await node.methods.listSearch.searchBuckets.call(context);
		};
		engine.answer('POST /buckets', () => ({ buckets: ['photos'] }));
		await assert.rejects(list([]), /Choose the S3 credential first/);
		assert.deepEqual(await list([S3]), { results: [{ name: 'photos', value: 'photos' }] });
	});
});

describe('the public endpoint', () => {
	test('is sent when it is set and absent when it is empty', () => {
		const fields = { ...S3_FIELDS, publicEndpoint: ' https://photos.example.org ' };
		assert.equal(toS3Connection(fields).public_endpoint, 'https://photos.example.org');
		assert.equal(toS3Connection({ ...S3_FIELDS, publicEndpoint: '' }).public_endpoint, undefined);
	});
});

describe('the local engine', () => {
	test('is another host’s where the environment names one', () => {
		assert.deepEqual(localTarget({}), { kind: 'local' });
		assert.deepEqual(localTarget({ SEMANTIC_IMAGE_SEARCH_URL: ' ' }), { kind: 'local' });
		assert.deepEqual(
			localTarget({
				SEMANTIC_IMAGE_SEARCH_URL: 'http://engine:7700/',
				SEMANTIC_IMAGE_SEARCH_TOKEN: TOKEN,
			}),
			{ kind: 'remote', url: 'http://engine:7700', token: TOKEN },
		);
	});

	test('in the environment serves nodes whose engine is Local', async () => {
		await withEngineInEnvironment(async () => {
			engine.answer('GET /indexes/photos', () => ({ name: 'photos', photos: 3 }));
			const index = { __rl: true, mode: 'name', value: 'photos' };
			const { items, error } = await execute(
				'http://not-asked.test',
				[{ type: 'indexVector', parameters: { engine: 'local', operation: 'stats', index } }],
				[{ json: {} }],
			);
			assert.equal(error, undefined);
			assert.equal(items[0]!.json.photos, 3);
		});
	});
});

describe('test of the S3 credential', () => {
	const outcome = async (s3Code: string, message: string, testBucket = '') => {
		const refuse = () => {
			throw new EngineError('S3_ACCESS_DENIED', message, { s3_code: s3Code });
		};
		engine.answer('POST /buckets', refuse);
		engine.answer('POST /buckets/objects', refuse);
		return await withEngineInEnvironment(
			async () =>
				await s3CredentialTest.call({} as ICredentialTestFunctions, {
					id: '1',
					name: 'S3',
					type: S3,
					data: { ...S3_FIELDS, testBucket },
				}),
		);
	};

	test('a key that may not list buckets is told of the test bucket, in clean sentences', async () => {
		const { status, message } = await outcome('AccessDenied', 'The storage refuses access.');
		assert.equal(status, 'Error');
		assert.match(message, /^The storage refuses access\. If .+ name one under “Test Bucket”\.$/);
	});

	test('a wrong key is not sent looking for buckets', async () => {
		for (const code of ['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'ExpiredToken']) {
			assert.deepEqual(await outcome(code, 'The key is wrong.'), {
				status: 'Error',
				message: 'The key is wrong.',
			});
		}
		const named = await outcome('AccessDenied', 'The storage refuses access.', 'photos');
		assert.equal(named.message, 'The storage refuses access.');
	});
});

async function withEngineInEnvironment<T>(work: () => Promise<T>): Promise<T> {
	process.env.SEMANTIC_IMAGE_SEARCH_URL = engine.url;
	process.env.SEMANTIC_IMAGE_SEARCH_TOKEN = TOKEN;
	try {
		return await work();
	} finally {
		delete process.env.SEMANTIC_IMAGE_SEARCH_URL;
		delete process.env.SEMANTIC_IMAGE_SEARCH_TOKEN;
	}
}
