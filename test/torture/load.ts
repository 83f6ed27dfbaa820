import type { Hit, OwedText } from '../../engine/index/vector-index';
import type { Read, Write } from './calls';
import type { Recall } from './checks';
import type { Ledger } from './ledger';
import type { Random } from './random';
import { GROUPS, type Workload } from './workload';
import type { Sent, WriterProcess } from './writer-process';

/** Calls under way at a time: enough that the writer never waits for us. */
const WINDOW = 12;

/** Reads among the calls. */
const READS = 0.25;

export interface LoadOptions {
	writer: WriterProcess;
	ledger: Ledger;
	workload: Workload;
	random: Random;
	/** Photos looked for by their own vector are counted here. */
	recall: Recall;
}

/** Keeps a writer as busy as it can be. */
export class Load {
	readonly #writer: WriterProcess;
	readonly #ledger: Ledger;
	readonly #workload: Workload;
	readonly #random: Random;
	readonly #recall: Recall;
	#reading: { sent: Sent; then: (answer: never) => void }[] = [];
	#running: Promise<void> | undefined;
	#stopped = false;
	reads = 0;

	constructor({ writer, ledger, workload, random, recall }: LoadOptions) {
		this.#writer = writer;
		this.#ledger = ledger;
		this.#workload = workload;
		this.#random = random;
		this.#recall = recall;
	}

	start(): void {
		this.#running = this.#run();
		// Awaited when it is stopped.
		this.#running.catch(() => {});
	}

	/** Sends nothing more. Throws if an answer was wrong. */
	async stop(): Promise<void> {
		this.#stopped = true;
		await this.#running;
	}

	async #run(): Promise<void> {
		const hasRoom = () => this.#underWay() < WINDOW || this.#writer.state === 'ended';
		while (!this.#stopped && this.#writer.state !== 'ended') {
			if (this.#random.chance(READS)) this.#read();
			else await this.#write(this.#workload.next(this.#ledger.model));
			await this.#writer.until(hasRoom, 'writing');
		}
	}

	async #write(write: Write): Promise<void> {
		const settled = () => this.#ledger.underWay === 0 || this.#writer.state === 'ended';
		// It waits for what is being loaded, so that its place among others is not known.
		const alone = write.do === 'drop';
		if (alone) await this.#writer.until(settled, 'writing');
		if (this.#writer.state !== 'ended') this.#ledger.send(this.#writer, write);
		if (alone) await this.#writer.until(settled, 'dropping a generation');
	}

	#read(): void {
		const { model } = this.#ledger;
		const which = this.#random.int(1, 4);
		if (which === 1) {
			this.#ask({ do: 'owed', limit: this.#random.int(1, 16) }, (owed: OwedText[]) => {
				this.#ledger.send(this.#writer, this.#workload.payment(owed, this.#ledger.model));
			});
		} else if (which === 2) {
			// A deletion by filter is a search for the ids and a deletion of these.
			const filter = {
				tags_any: [`group${this.#random.int(0, GROUPS - 1)}`],
				prefix: '2026/photo-1',
			};
			this.#ask({ do: 'ids', filter }, (ids: string[]) => {
				this.#ledger.send(this.#writer, { do: 'delete', ids: ids.slice(0, 8) });
			});
		} else {
			const ids = [...model.photos.keys()];
			if (ids.length > 0) this.#find(this.#random.pick(ids));
		}
	}

	/** A photo that nobody touches meanwhile is found by its words and by its vector. */
	#find(id: string): void {
		const state = this.#ledger.model.photos.get(id)!;
		if (this.#ledger.settled.photos.get(id) !== state) return;
		const untouched = () => this.#ledger.model.photos.get(id) === state;
		const isIn = (hits: { id: string }[]) => hits.some((hit) => hit.id === id);
		const word = state.facts.title?.split(' ')[0];
		if (word) {
			this.#ask({ do: 'keywords', words: [word], k: 3 }, (hits: Hit[]) => {
				if (isIn(hits) || !untouched()) return;
				throw new Error(`${id} is stored, acknowledged, and not found by its word ${word}`);
			});
		}
		const image = state.image[this.#ledger.model.active('image')?.model ?? ''];
		if (image) {
			this.#ask({ do: 'search', kind: 'image', query: image, k: 10 }, (hits: Hit[]) => {
				if (untouched()) this.#recall.add(isIn(hits) ? 1 : 0, 1);
			});
		}
	}

	#ask<T>(call: Read, then: (answer: T) => void): void {
		this.#reading.push({ sent: this.#writer.send(call), then });
		this.reads++;
	}

	#underWay(): number {
		const ended = this.#reading.filter(({ sent }) => sent.ended);
		this.#reading = this.#reading.filter(({ sent }) => !sent.ended);
		for (const { sent, then } of ended) {
			if (!sent.ended || 'error' in sent.ended) {
				// Another generation is searched than when it was asked.
				if (sent.ended?.error.code === 'MODEL_MISMATCH') continue;
				throw new Error(`${JSON.stringify(sent.call)} answered ${JSON.stringify(sent.ended)}`);
			}
			if (this.#writer.state !== 'ended') then(sent.ended.answer as never);
		}
		return this.#reading.length + this.#ledger.underWay;
	}
}
