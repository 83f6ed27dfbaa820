import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FILE_TYPES } from '../../../engine/service/contract';
import { parsed, pointedAt, shown } from './support';

const ROOT = join(__dirname, '../../../..');
const PAGE = readFileSync(join(ROOT, 'docs/query-language.md'), 'utf8');
const ROW = /^\| `(.+)` \| (.+) \| `(\{.*\})` \|$/gm;

/** In the words of the page; what is empty is not there. */
function readAs(query: string): Record<string, unknown> {
	const { text, terms, without, labels, filter, like } = parsed(query);
	const all = {
		...{ text, terms: shown(terms), without: shown(without), filter },
		labels: labels.map(({ field, name, not }) => `${not ? '-' : ''}${field}:${name}`),
		like: like.map(({ id, weight }) => (weight === 1 ? id : `${id}^${weight}`)),
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => Object.keys(value).length));
}

const rows = [...PAGE.matchAll(ROW)].map(([, query, says, json]) => ({
	...{ query: query!, says: says! },
	expected: JSON.parse(json!) as { text?: string; terms?: string[] },
}));

test('every row with an example is read by the tests below', () => {
	const examples = PAGE.split('\n').filter((line) => line.startsWith('| `'));
	assert.ok(examples.length > 30);
	assert.equal(rows.length, examples.length);
});

for (const { query, says, expected } of rows) {
	test(`${query} is read as the page says, or the page lies`, () => {
		// The page leaves the text out where it is the only term.
		const [text = ''] = expected.terms ?? [];
		const { text: said, ...rest } = { ...(text && { text }), ...expected };
		assert.deepEqual(readAs(query), { ...(said && { text: said }), ...rest });
		const note = /^`([^`]+)`$/.exec(says)?.[1];
		assert.deepEqual(pointedAt(parsed(query)), note === undefined ? [] : [note]);
	});
}

test('the page names every file type', () => {
	for (const type of FILE_TYPES.split(', ')) assert.match(PAGE, new RegExp(`\\b${type}\\b`));
});
