import { asEngineError } from '../errors';
import type { Written } from './catalogue/index-writer';
import type { Channels } from './channels';

/** Writes of an index on their way from the writer's answer to what searches see. */
export class AppliedWrites {
	readonly #channels: Channels;
	/** Those that are not answered yet. */
	readonly #underWay = new Set<Promise<unknown>>();

	constructor(channels: Channels) {
		this.#channels = channels;
	}

	/** The answer of the writer, once searches see what it did. */
	async apply<T>(call: Promise<Written<T>>): Promise<T> {
		const work = this.#follow(call);
		this.#underWay.add(work);
		try {
			return await work;
		} finally {
			this.#underWay.delete(work);
		}
	}

	async #follow<T>(call: Promise<Written<T>>): Promise<T> {
		let answer: Awaited<typeof call>;
		try {
			answer = await call;
		} catch (error) {
			// The thread died: only the database knows what it had done by then.
			const { code } = asEngineError(error);
			if (code === 'RUNTIME_UNAVAILABLE') await this.#channels.reload();
			throw error;
		}
		const { result, changes } = answer;
		this.#channels.apply(changes);
		if (changes.generations) await this.#channels.follow(changes.generations);
		await this.#channels.caughtUp();
		return result;
	}

	/** Resolves once every write that is under way now is done and answered. */
	async settled(): Promise<void> {
		await Promise.allSettled(this.#underWay);
	}
}
