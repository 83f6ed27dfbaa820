import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { readProxySettings } from '../../../engine/encode/models/hub-transport';
import { startModelHub, type ModelHub } from '../../harness/model-hub';
import { ModelFetcher } from './model-fetcher';
import { hubFiles } from './model-files';

const LOGIN = Buffer.from('pat:geheim').toString('base64');
const TOKEN = 'hf_for-the-hub-alone';

/** A forward proxy, by CONNECT for https and by absolute addresses for http. */
class TestProxy {
	/** What it was asked for. */
	readonly asked: { method: string; target: string; login: string | undefined }[] = [];
	/** Refuse whoever does not log in. */
	wantsLogin = false;
	readonly #server: Server;

	private constructor() {
		this.#server = createServer((request, response) => {
			if (!this.#admits(request.method!, request.url!, request.headers['proxy-authorization']))
				return void response.writeHead(407).end();
			const onward = httpRequest(
				request.url!,
				{ method: request.method, headers: request.headers },
				(answer) => {
					response.writeHead(answer.statusCode!, answer.headers);
					answer.pipe(response);
				},
			);
			onward.on('error', () => response.destroy());
			request.pipe(onward);
		});
		this.#server.on('connect', (request, socket, head) => {
			if (!this.#admits('CONNECT', request.url!, request.headers['proxy-authorization']))
				return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
			const { hostname, port } = new URL(`http://${request.url}`);
			const onward = connect(Number(port), hostname, () => {
				socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
				onward.write(head);
				onward.pipe(socket).pipe(onward);
			});
			onward.on('error', () => socket.destroy());
			socket.on('error', () => onward.destroy());
		});
	}

	static async start(): Promise<TestProxy> {
		const proxy = new TestProxy();
		await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
		return proxy;
	}

	get address(): string {
		return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	#admits(method: string, target: string, login: string | undefined): boolean {
		this.asked.push({ method, target, login });
		return !this.wantsLogin || login === `Basic ${LOGIN}`;
	}
}

async function fetchFrom(hub: ModelHub, data: string, env: Record<string, string>) {
	const fetcher = new ModelFetcher({
		SEMANTIC_IMAGE_SEARCH_DATA: data,
		HF_ENDPOINT: hub.url,
		HF_TOKEN: TOKEN,
		...env,
	});
	return { told: await fetcher.end(), log: fetcher.log };
}

describe('a download through a proxy', () => {
	let folder: string;
	let proxy: TestProxy;
	let hub: ModelHub;
	before(async () => {
		hub = await startModelHub(hubFiles(10_000), { token: TOKEN });
	});
	after(() => hub.close());
	beforeEach(async () => {
		folder = mkdtempSync(path.join(tmpdir(), 'sis-proxy-'));
		proxy = await TestProxy.start();
	});
	afterEach(async () => {
		await proxy.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const fetchModel = (env: Record<string, string>) => fetchFrom(hub, folder, env);

	for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) {
		it(`uses the one in ${name}, for the hub and where it redirects`, async () => {
			const { told } = await fetchModel({ [name]: `http://${proxy.address}` });
			assert.equal(told?.end, 'ready', told?.message);
			const targets = proxy.asked.map(({ target }) => new URL(target).origin);
			assert.deepEqual([...new Set(targets)].sort(), [hub.url, hub.cdnUrl].sort());
		});
	}

	it('understands an address without http://', async () => {
		const { told } = await fetchModel({ HTTP_PROXY: proxy.address });
		assert.equal(told?.end, 'ready', told?.message);
		assert.ok(proxy.asked.length > 0);
	});

	for (const name of ['NO_PROXY', 'no_proxy']) {
		it(`goes around it where ${name} says so`, async () => {
			const env = { HTTP_PROXY: `http://${proxy.address}`, [name]: 'localhost,127.0.0.1' };
			assert.equal((await fetchModel(env)).told?.end, 'ready');
			assert.deepEqual(proxy.asked, []);
		});
	}

	it('logs in with the user and password of its address, and shows them to nobody', async () => {
		proxy.wantsLogin = true;
		const env = { HTTP_PROXY: `http://pat:geheim@${proxy.address}` };
		const { told, log } = await fetchModel(env);
		assert.equal(told?.end, 'ready', told?.message);
		assert.ok(!log.includes('geheim'));
	});

	it('that wants a login says so, at once', async () => {
		proxy.wantsLogin = true;
		const { told } = await fetchModel({ HTTP_PROXY: `http://${proxy.address}` });
		assert.equal(told?.end, 'MODEL_DOWNLOAD_FAILED');
		assert.match(told?.message ?? '', /proxy wants a login/);
		assert.equal(proxy.asked.length, 1);
	});

	it('that is not there says which host cannot be reached', async () => {
		const gone = await TestProxy.start();
		const { address } = gone;
		await gone.close();
		const { told } = await fetchModel({ HTTP_PROXY: `http://${address}` });
		assert.match(told?.message ?? '', /ECONNREFUSED/);
	});
});

describe(
	'a download by https',
	{ skip: !hasOpenssl() && 'needs openssl to make a certificate' },
	() => {
		let folder: string;
		let hub: ModelHub;
		let certificate: string;
		before(async () => {
			folder = mkdtempSync(path.join(tmpdir(), 'sis-tls-'));
			certificate = path.join(folder, 'certificate.pem');
			const key = path.join(folder, 'key.pem');
			execFileSync(
				'openssl',
				[
					'req',
					'-x509',
					'-newkey',
					'rsa:2048',
					'-nodes',
					'-keyout',
					key,
					'-out',
					certificate,
				].concat([
					'-days',
					'2',
					'-subj',
					'/CN=localhost',
					'-addext',
					'subjectAltName=IP:127.0.0.1',
				]),
				{ stdio: 'ignore' },
			);
			const tls = { key: readFileSync(key), cert: readFileSync(certificate) };
			hub = await startModelHub(hubFiles(10_000), { token: TOKEN, tls });
		});
		after(async () => {
			await hub.close();
			rmSync(folder, { recursive: true, force: true });
		});

		const fetchModel = (env: Record<string, string>) =>
			fetchFrom(hub, mkdtempSync(path.join(folder, 'data-')), env);

		for (const name of ['HTTPS_PROXY', 'https_proxy']) {
			it(`tunnels through the proxy in ${name}, which sees no token`, async () => {
				const proxy = await TestProxy.start();
				try {
					const { told } = await fetchModel({
						[name]: `http://${proxy.address}`,
						NODE_EXTRA_CA_CERTS: certificate,
					});
					assert.equal(told?.end, 'ready', told?.message);
					assert.ok(proxy.asked.every(({ method }) => method === 'CONNECT'));
					assert.ok(proxy.asked.length >= 2, 'hub and CDN are two hosts');
					assert.ok(!JSON.stringify(proxy.asked).includes(TOKEN));
				} finally {
					await proxy.close();
				}
			});
		}

		it('with a certificate nobody vouches for names the setting for it, at once', async () => {
			hub.requests.length = 0;
			const { told } = await fetchModel({});
			assert.equal(told?.end, 'MODEL_DOWNLOAD_FAILED');
			assert.match(told?.message ?? '', /not trusted.*NODE_EXTRA_CA_CERTS/);
			assert.equal(hub.requests.length, 0);
		});
	},
);

describe('proxy settings', () => {
	it('in lower case win over upper case, and a scheme’s own over the one for all', () => {
		const settings = readProxySettings({
			http_proxy: 'one:1',
			HTTP_PROXY: 'two:2',
			ALL_PROXY: 'socks5://three:3',
			NO_PROXY: 'localhost',
		});
		assert.deepEqual(settings, {
			http: 'http://one:1',
			https: 'socks5://three:3',
			no: 'localhost',
		});
	});
});

function hasOpenssl(): boolean {
	try {
		execFileSync('openssl', ['version'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}
