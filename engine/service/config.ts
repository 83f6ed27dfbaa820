import path from 'node:path';
import { ALLOW_LARGE_SETTING } from '../encode/models/large-models';
import { HUB } from '../encode/models/hub-client';
import { readProxySettings, type ProxySettings } from '../encode/models/hub-transport';
import { DEFAULT_MODEL } from '../encode/models/model-catalogue';
import { PRECISION_SETTINGS, type PrecisionSetting } from '../encode/int8/int8-preparer';
import { RUNTIME_SETTINGS, type RuntimeSetting } from '../encode/runtime/runtime-choice';
import { INDEX_TYPES, type IndexType } from '../index/vectors/index-type';
import { defaultDataDir, PACKAGE_ROOT } from '../locations';

/** All settings of the engine process, read once from the environment. */
export interface Config {
	dataDir: string;
	bundledModelsDir: string;
	modelsDir: string;
	defaultModel: string;
	/** Models that are too slow for a CPU are run all the same. */
	allowLarge: boolean;
	/** TCP address to listen on beside the local socket; a token is then mandatory. */
	tcp?: { host: string; port: number; token: string };
	/** Milliseconds without work after which the process ends; Infinity for a server. */
	idleMs: number;
	logLevel: string;
	/** Models come from the models folder alone. */
	offline: boolean;
	hub: { endpoint: string; token?: string; proxy: ProxySettings };
	/** Threads of one inference; undefined: what suits the machine. */
	threads?: number;
	runtime: RuntimeSetting;
	precision: PrecisionSetting;
	/** Milliseconds without embedding after which the models' memory is given back. */
	unloadMs: number;
	indexType: IndexType;
}

const DEFAULT_IDLE_MINUTES = 15;
const DEFAULT_UNLOAD_MINUTES = 15;
const DEFAULT_PORT = 7700;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** A setting that makes no sense; the message names the variable and what it takes. */
export class ConfigError extends Error {}

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
	const dataDir = defaultDataDir(env);
	const tcp = readTcp(env);
	return {
		dataDir,
		bundledModelsDir: path.join(PACKAGE_ROOT, 'models'),
		modelsDir: path.resolve(env['SEMANTIC_IMAGE_SEARCH_MODELS'] || path.join(dataDir, 'models')),
		defaultModel: env['SEMANTIC_IMAGE_SEARCH_MODEL'] || DEFAULT_MODEL,
		allowLarge: readSwitch(env, ALLOW_LARGE_SETTING),
		tcp,
		idleMs: readMinutes(
			env,
			'SEMANTIC_IMAGE_SEARCH_IDLE_MINUTES',
			tcp ? Infinity : DEFAULT_IDLE_MINUTES,
		),
		logLevel: readLogLevel(env),
		offline: readHubSwitch(env, 'HF_HUB_OFFLINE'),
		hub: {
			endpoint: readEndpoint(env),
			token: env['HF_TOKEN']?.trim() || undefined,
			proxy: readProxySettings(env),
		},
		threads: readCount(env, 'SEMANTIC_IMAGE_SEARCH_THREADS'),
		runtime: readRuntime(env),
		precision: readPrecision(env),
		unloadMs: readMinutes(env, 'SEMANTIC_IMAGE_SEARCH_UNLOAD_MINUTES', DEFAULT_UNLOAD_MINUTES),
		indexType: readIndexType(env),
	};
}

/** As the hub's own tools read it. @throws ConfigError for what is no web address */
function readEndpoint(env: NodeJS.ProcessEnv): string {
	const endpoint = env['HF_ENDPOINT']?.trim() || HUB;
	const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
	if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
		// Not shown: it may hold a password.
		throw new ConfigError(
			'HF_ENDPOINT is not an address such as https://mirror.example; a user or password belongs into HF_TOKEN',
		);
	}
	return endpoint;
}

/** `1`, `true`, `yes` and `on` mean yes, as for the hub's own tools. */
function readHubSwitch(env: NodeJS.ProcessEnv, name: string): boolean {
	return /^(1|true|yes|on)$/i.test(env[name]?.trim() ?? '');
}

function readTcp(env: NodeJS.ProcessEnv): Config['tcp'] {
	const listen = env['SEMANTIC_IMAGE_SEARCH_LISTEN'];
	if (!listen) return undefined;
	const match = /^(?:(\[[^\]]+\]|[^:]*):)?(\d{1,5})$/.exec(listen) ?? /^([^:]+)$/.exec(listen);
	const port = Number(match?.[2] ?? DEFAULT_PORT);
	if (!match || port > 65_535) {
		throw new ConfigError(
			`SEMANTIC_IMAGE_SEARCH_LISTEN is "${listen}"; it takes HOST:PORT, such as 0.0.0.0:${DEFAULT_PORT}`,
		);
	}
	const token = env['SEMANTIC_IMAGE_SEARCH_TOKEN'];
	if (!token || token.length < 16) {
		throw new ConfigError(
			'SEMANTIC_IMAGE_SEARCH_TOKEN must hold at least 16 characters when the engine listens on TCP',
		);
	}
	return { host: (match[1] || '127.0.0.1').replace(/^\[|\]$/g, ''), port, token };
}

/** In milliseconds; Infinity for 0. */
function readMinutes(env: NodeJS.ProcessEnv, name: string, standard: number): number {
	const text = env[name];
	if (text === undefined || text === '') return standard * 60_000;
	const value = Number(text);
	if (!Number.isFinite(value) || value < 0) {
		throw new ConfigError(`${name} is "${text}"; it takes minutes, 0 for never`);
	}
	return value === 0 ? Infinity : value * 60_000;
}

function readRuntime(env: NodeJS.ProcessEnv): RuntimeSetting {
	const text = env['SEMANTIC_IMAGE_SEARCH_RUNTIME'] || 'auto';
	const setting = RUNTIME_SETTINGS.find((known) => known === text);
	if (setting) return setting;
	throw new ConfigError(
		`SEMANTIC_IMAGE_SEARCH_RUNTIME is "${text}"; it takes ${RUNTIME_SETTINGS.join(', ')}`,
	);
}

function readPrecision(env: NodeJS.ProcessEnv): PrecisionSetting {
	const text = env['SEMANTIC_IMAGE_SEARCH_PRECISION'] || 'auto';
	const precision = PRECISION_SETTINGS.find((known) => known === text);
	if (precision) return precision;
	throw new ConfigError(
		`SEMANTIC_IMAGE_SEARCH_PRECISION is "${text}"; it takes ${PRECISION_SETTINGS.join(', ')}`,
	);
}

function readIndexType(env: NodeJS.ProcessEnv): IndexType {
	const text = env['SEMANTIC_IMAGE_SEARCH_INDEX_TYPE'] || 'auto';
	const type = INDEX_TYPES.find((known) => known === text);
	if (type) return type;
	throw new ConfigError(
		`SEMANTIC_IMAGE_SEARCH_INDEX_TYPE is "${text}"; it takes ${INDEX_TYPES.join(', ')}`,
	);
}

function readLogLevel(env: NodeJS.ProcessEnv): string {
	const level = env['SEMANTIC_IMAGE_SEARCH_LOG_LEVEL'] || 'info';
	if (!LOG_LEVELS.includes(level)) {
		throw new ConfigError(
			`SEMANTIC_IMAGE_SEARCH_LOG_LEVEL is "${level}"; it takes ${LOG_LEVELS.join(', ')}`,
		);
	}
	return level;
}

function readSwitch(env: NodeJS.ProcessEnv, name: string): boolean {
	const text = env[name] || '0';
	if (text !== '0' && text !== '1') throw new ConfigError(`${name} is "${text}"; it takes 1 or 0`);
	return text === '1';
}

function readCount(env: NodeJS.ProcessEnv, name: string): number | undefined {
	const text = env[name];
	if (!text) return undefined;
	const value = Number(text);
	if (!Number.isInteger(value) || value < 1)
		throw new ConfigError(`${name} is "${text}"; it takes a whole number from 1`);
	return value;
}
