import { isDeepStrictEqual } from 'node:util';
import type { Dump, Write } from './calls';
import { prefixOf } from './mismatch';
import { Model } from './model';
import type { Sent, WriterProcess } from './writer-process';

interface Pending {
	write: Write;
	sent: Sent;
	/** What it should answer. */
	answer: unknown;
}

/** A span of time in which something was copied: what it may hold. */
export interface Span {
	/** As it was for sure when the span began. */
	model: Model;
	/** What was under way then, or was sent until it ended. */
	writes: Write[];
}

/** What was sent to an index, what of it is acknowledged, and what therefore must be there. */
export class Ledger {
	/** After every call that was acknowledged. */
	#settled = new Model();
	/** After every call that was sent. */
	#expected = new Model();
	#pending: Pending[] = [];
	readonly #spans = new Set<Span>();
	acknowledged = 0;

	/** The index as it will be once everything that was sent is done. */
	get model(): Model {
		return this.#expected;
	}

	get settled(): Model {
		return this.#settled;
	}

	get underWay(): number {
		this.#settle();
		return this.#pending.length;
	}

	send(writer: WriterProcess, write: Write): Sent {
		const answer = this.#expected.apply(write);
		const sent = writer.send(write);
		this.#pending.push({ write, answer, sent });
		for (const span of this.#spans) span.writes.push(write);
		return sent;
	}

	/** From here on, until {@link endSpan}. */
	beginSpan(): Span {
		this.#settle();
		const span = { model: new Model(this.#settled), writes: this.#pending.map((p) => p.write) };
		this.#spans.add(span);
		return span;
	}

	endSpan(span: Span): void {
		this.#spans.delete(span);
	}

	/**
	 * After a restart: everything acknowledged, and everything that came before it, must be in the
	 * dump; of the rest a beginning.
	 *
	 * @returns how many calls had happened without being acknowledged
	 * @throws Mismatch
	 */
	reconcile(dump: Dump): number {
		this.#settle();
		const writes = this.#pending.map(({ write }) => write);
		const atLeast = 1 + this.#pending.findLastIndex(({ sent }) => 'answer' in (sent.ended ?? {}));
		const happened = prefixOf(dump, this.#settled, writes, atLeast);
		for (const write of writes.slice(0, happened)) this.#settled.apply(write);
		this.#expected = new Model(this.#settled);
		this.#pending = [];
		this.#spans.clear();
		return happened - atLeast;
	}

	/** Takes the answers in. Throws if one is not what it should be. */
	#settle(): void {
		for (let first; (first = this.#pending[0])?.sent.ended; this.#pending.shift()) {
			const { write, sent, answer } = first;
			const { ended } = sent;
			// Refused because the index closes: it may have happened before.
			if (ended && 'error' in ended && ended.error.code === 'ENGINE_STOPPING') return;
			if (!ended || 'error' in ended || !isDeepStrictEqual(ended.answer, answer)) {
				throw new Error(
					`${JSON.stringify(write)}\nanswered ${JSON.stringify(ended)}\ninstead of ${JSON.stringify(answer)}`,
				);
			}
			this.#settled.apply(write);
			this.acknowledged++;
		}
	}
}
