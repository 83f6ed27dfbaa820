import { setImmediate as turn } from 'node:timers/promises';

interface Job {
	run(): Promise<void>;
	urgent: boolean;
}

/**
 * One inference after the other on a thread that each of them blocks. Between two the thread looks
 * for requests that came meanwhile, so an urgent one is next although another was waiting.
 */
export class InferenceQueue {
	#jobs: Job[] = [];
	#working = false;

	add<T>(work: () => Promise<T>, { urgent = false } = {}): Promise<T> {
		return new Promise<T>((resolve, reject) => {
			this.#jobs.push({ run: () => work().then(resolve, reject), urgent });
			void this.#work();
		});
	}

	async #work(): Promise<void> {
		if (this.#working) return;
		this.#working = true;
		while (this.#jobs.length > 0) {
			// Messages are delivered before an immediate comes.
			await turn();
			const first = Math.max(
				0,
				this.#jobs.findIndex(({ urgent }) => urgent),
			);
			await this.#jobs.splice(first, 1)[0]!.run();
		}
		this.#working = false;
	}
}
