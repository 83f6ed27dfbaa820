import type { N8n } from './n8n';
import { until } from './until';

/** The demo's and the tests' owner: local, loopback, and shown to the user. */
export const OWNER = {
	email: 'owner@example.com',
	password: 'Photos-2026',
	firstName: 'Demo',
	lastName: 'Owner',
};

const RUN_TIMEOUT_MS = 300_000;
const FINISHED = new Set(['success', 'error', 'crashed', 'canceled']);

export interface WorkflowSummary {
	id: string;
	name: string;
	active: boolean;
	versionId: string;
}

export interface Execution {
	id: string;
	status: string;
	workflowId: string;
	startedAt: string;
	stoppedAt: string | null;
	/** Flatted JSON; {@link failureOf} reads the error's message out of it. */
	data?: string;
}

interface EditableNode {
	name: string;
	type: string;
	parameters: {
		pollTimes?: { item: object[] };
		assignments?: { assignments: { name: string; value: unknown }[] };
	};
}

interface EditableWorkflow {
	versionId: string;
	nodes: EditableNode[];
	connections: object;
}

interface Publication {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	triggers: { errorMessage: string | null }[];
}

/** What n8n's own editor talks to, as its owner. */
export class N8nRest {
	private constructor(
		private readonly url: string,
		readonly cookie: string,
	) {}

	/** Creates the owner on a new n8n, logs in on a known one. */
	static async signIn(n8n: N8n): Promise<N8nRest> {
		const setup = await post(n8n.url, '/rest/owner/setup', OWNER);
		const response = setup.ok
			? setup
			: await post(n8n.url, '/rest/login', {
					emailOrLdapLoginId: OWNER.email,
					password: OWNER.password,
				});
		if (!response.ok) throw new Error(`n8n sign-in failed: ${await response.text()}`);
		const cookie = response.headers
			.getSetCookie()
			.map((line) => line.split(';')[0])
			.join('; ');
		return new N8nRest(n8n.url, cookie);
	}

	async workflows(): Promise<WorkflowSummary[]> {
		return await this.get<WorkflowSummary[]>('/rest/workflows?take=200');
	}

	/**
	 * Makes the current version the one that answers webhooks and triggers, and waits until it does:
	 * n8n answers the request before it has registered anything.
	 */
	async publish(workflowId: string): Promise<void> {
		const { versionId } = await this.get<WorkflowSummary>(`/rest/workflows/${workflowId}`);
		await this.request('POST', `/rest/workflows/${workflowId}/activate`, { versionId });
		const { status, triggers } = await until(`workflow ${workflowId} being published`, async () => {
			const publication = await this.get<Publication>(
				`/rest/workflows/${workflowId}/publication-status`,
			);
			return publication.status !== 'in_progress' && publication;
		});
		if (status !== 'published') {
			const why = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
			throw new Error(`Publishing workflow ${workflowId} is ${status}: ${why.join('; ')}`);
		}
	}

	async unpublish(workflowId: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${workflowId}/deactivate`, {});
	}

	/** Changes a workflow's nodes, as a user does who fits a shipped workflow to their place. */
	async edit(workflowId: string, change: (node: EditableNode) => void): Promise<void> {
		const { nodes, connections, versionId } = await this.get<EditableWorkflow>(
			`/rest/workflows/${workflowId}`,
		);
		nodes.forEach(change);
		const changed = { nodes, connections, versionId };
		await this.request('PATCH', `/rest/workflows/${workflowId}`, changed);
	}

	/** Runs a workflow as the editor's button does, to its end; throws if it did not succeed. */
	async run(workflowId: string, trigger: string, timeoutMs = RUN_TIMEOUT_MS): Promise<Execution> {
		const { executionId } = await this.request<{ executionId?: string }>(
			'POST',
			`/rest/workflows/${workflowId}/run`,
			{ triggerToStartFrom: { name: trigger } },
		);
		if (!executionId) throw new Error(`Trigger "${trigger}" waits for a call; it cannot be run`);
		const execution = await this.finished(executionId, timeoutMs);
		if (execution.status !== 'success') {
			throw new Error(
				`Workflow ${workflowId} ended with ${execution.status}: ${failureOf(execution)}`,
			);
		}
		return execution;
	}

	async finished(executionId: string, timeoutMs = RUN_TIMEOUT_MS): Promise<Execution> {
		return await until(
			`execution ${executionId} ending`,
			async () => {
				const execution = await this.get<Execution>(`/rest/executions/${executionId}`);
				return FINISHED.has(execution.status) && execution;
			},
			{ timeoutMs, everyMs: 200 },
		);
	}

	/** The newest executions first. */
	async executions(workflowId: string): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.get<{ results: Execution[] }>(
			`/rest/executions?limit=20&filter=${filter}`,
		);
		return results;
	}

	async get<T>(path: string): Promise<T> {
		return await this.request<T>('GET', path);
	}

	async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: { cookie: this.cookie, 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (!response.ok) throw new Error(`n8n ${method} ${path}: ${await response.text()}`);
		return ((await response.json()) as { data: T }).data;
	}
}

/** The error message of a failed execution, as far as its data tells. */
export function failureOf(execution: Execution): string {
	const strings = (JSON.parse(execution.data ?? '[]') as unknown[]).filter(
		(value): value is Record<string, unknown> =>
			typeof value === 'object' && value !== null && 'message' in value,
	);
	const all = JSON.parse(execution.data ?? '[]') as unknown[];
	// Flatted JSON replaces every string by its index in the outer array.
	const messages = strings.map(({ message }) => all[Number(message)] ?? message);
	return messages.join('; ') || 'no message';
}

async function post(url: string, path: string, body: unknown): Promise<Response> {
	return await fetch(`${url}${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
}
