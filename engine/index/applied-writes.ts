import { asEngineError } from '../errors';
import type { Written } from './catalogue/index-writer';
import type { Channels } from './channels';
import { turns } from './vectors/background-threads';

/** Writes of an index on their way to the writer, and from its answers to what searches see. */
export class AppliedWrites {
	readonly #channels: Channels;
	readonly #onGenerations: () => void;
	/** Those that are not answered yet. */
	readonly #underWay = new Set<Promise<unknown>>();
	/** Resolves once all that were asked for have begun. */
	#begun = Promise.resolve();

	/** @param onGenerations told when generations came, went or changed their state, or may have */
	constructor(channels: Channels, onGenerations: () => void) {
		this.#channels = channels;
		this.#onGenerations = onGenerations;
	}

	/**
	 * The answer of the writer, once searches see what it did.
	 *
	 * @param begin asks the writer; in the order of the calls of this
	 * @param prepare what has to be done before, in the same order
	 */
	async apply<T>(begin: () => Promise<Written<T>>, prepare?: () => Promise<void>): Promise<T> {
		const work = this.#follow(begin, prepare);
		this.#underWay.add(work);
		try {
			return await work;
		} finally {
			this.#underWay.delete(work);
		}
	}

	/** Resolves once every write that is under way now is done and answered. */
	async settled(): Promise<void> {
		await Promise.allSettled(this.#underWay);
	}

	async #follow<T>(begin: () => Promise<Written<T>>, prepare?: () => Promise<void>): Promise<T> {
		let answer: Written<T>;
		try {
			answer = await this.#ask(begin, prepare);
		} catch (error) {
			// The thread died: only the database knows what it had done by then.
			const { code } = asEngineError(error);
			if (code === 'RUNTIME_UNAVAILABLE') {
				this.#onGenerations();
				await this.#channels.reload();
			}
			throw error;
		}
		const applied = this.#channels.apply(answer.changes);
		if (answer.changes.generations) this.#onGenerations();
		await applied;
		await this.#channels.caughtUp();
		return answer.result;
	}

	async #ask<T>(
		begin: () => Promise<Written<T>>,
		prepare?: () => Promise<void>,
	): Promise<Written<T>> {
		const before = this.#begun;
		const { promise, resolve: hasBegun } = Promise.withResolvers<void>();
		this.#begun = promise;
		await before;
		try {
			await prepare?.();
			return await turns.takeIfSearched(() => {
				const answer = begin();
				hasBegun();
				return answer;
			});
		} finally {
			// Be it that it could not begin.
			hasBegun();
		}
	}
}
