import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EngineError } from '../../errors';
import { mendHint } from './mend';

/**
 * The settings of a model, one JSON file or an object in it. What is read is checked here, once;
 * every complaint names the file and the setting.
 */
export class ModelSettings {
	readonly #dir: string;
	readonly #file: string;
	readonly #at: string;
	readonly #values: Record<string, unknown>;

	private constructor(dir: string, file: string, at: string, values: Record<string, unknown>) {
		this.#dir = dir;
		this.#file = file;
		this.#at = at;
		this.#values = values;
	}

	/**
	 * @param file path in the model's folder, `/` between the parts
	 * @throws EngineError `MODEL_BROKEN` if it is not a JSON object
	 */
	static read(dir: string, file: string): ModelSettings {
		let cause: unknown;
		try {
			const parsed: unknown = JSON.parse(readFileSync(path.join(dir, file), 'utf8'));
			if (isObject(parsed)) return new ModelSettings(dir, file, '', parsed);
		} catch (error) {
			cause = error;
		}
		throw new EngineError(
			'MODEL_BROKEN',
			`${file} in ${dir} is not a JSON object. ${mendHint(path.basename(dir, '.partial'))}`,
			undefined,
			{ cause },
		);
	}

	raw(name: string): unknown {
		return this.#values[name] ?? undefined;
	}

	/** An object within; an empty one where the setting is absent. */
	section(name: string): ModelSettings {
		const value = this.raw(name) ?? {};
		if (!isObject(value)) throw this.broken(name, 'an object');
		return new ModelSettings(this.#dir, this.#file, `${this.#at}${name}.`, value);
	}

	names(): string[] {
		return Object.keys(this.#values);
	}

	number(name: string): number | undefined {
		const value = this.raw(name);
		if (value === undefined) return undefined;
		if (typeof value !== 'number' || !Number.isFinite(value)) throw this.broken(name, 'a number');
		return value;
	}

	string(name: string): string | undefined {
		const value = this.raw(name);
		if (value === undefined) return undefined;
		if (typeof value !== 'string') throw this.broken(name, 'a string');
		return value;
	}

	boolean(name: string): boolean | undefined {
		const value = this.raw(name);
		if (value === undefined) return undefined;
		if (typeof value !== 'boolean') throw this.broken(name, 'true or false');
		return value;
	}

	/** One number per colour. */
	triple(name: string): [number, number, number] | undefined {
		const value = this.raw(name);
		if (value === undefined) return undefined;
		if (Array.isArray(value) && value.length === 3 && value.every((n) => Number.isFinite(n))) {
			return value as [number, number, number];
		}
		throw this.broken(name, 'three numbers');
	}

	/** A token is a string, or an object that holds it. */
	token(name: string): string | undefined {
		const value = this.raw(name);
		const token = isObject(value) ? value['content'] : value;
		if (token === undefined || typeof token === 'string') return token;
		throw this.broken(name, 'a token');
	}

	/** The error for a setting that is not `expected`, what this version understands. */
	broken(name: string, expected: string): EngineError {
		const value = JSON.stringify(this.#values[name])?.slice(0, 80) ?? 'missing';
		return new EngineError(
			'MODEL_BROKEN',
			`${this.#at}${name} in ${this.#file} of the model in ${this.#dir} is ${value}; this version understands ${expected}.`,
		);
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
