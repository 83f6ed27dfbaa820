import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InferenceQueue } from '../../../engine/encode/runtime/inference-queue';

describe('the queue of an inference thread', () => {
	it('runs one job at a time, in order, urgent ones first', async () => {
		const queue = new InferenceQueue();
		const order: string[] = [];
		let running = 0;
		const job = (name: string, urgent: boolean) =>
			queue.add(
				async () => {
					assert.equal(++running, 1);
					await new Promise((resolve) => setImmediate(resolve));
					running--;
					order.push(name);
				},
				{ urgent },
			);
		const first = job('a', false).then(() => job('urgent later', true));
		await Promise.all([first, job('b', false), job('c', false), job('urgent', true)]);
		assert.deepEqual(order, ['urgent', 'a', 'urgent later', 'b', 'c']);
	});

	it('goes on after a job that failed, whose error is its own', async () => {
		const queue = new InferenceQueue();
		const failing = queue.add(() => Promise.reject(new Error('this one')));
		const next = queue.add(() => Promise.resolve(5));
		await assert.rejects(failing, /this one/);
		assert.equal(await next, 5);
	});
});
