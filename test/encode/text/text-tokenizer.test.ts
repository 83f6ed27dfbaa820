import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { readModelFolder, type TextRules } from '../../../engine/encode/models/model-folder';
import { OPEN_CLIP_CLEAN } from '../../../engine/encode/text/clean-text';
import { TextTokenizer } from '../../../engine/encode/text/text-tokenizer';
import { EngineError } from '../../../engine/errors';
import { ROOT } from '../../harness/root';

const FIXTURES = path.join(ROOT, 'test/fixtures/models');

interface BpeJson {
	model: { vocab: Record<string, number>; merges: [string, string][] | string[] };
}

describe('the text tokenizer', () => {
	let dir: string;
	beforeEach(() => {
		dir = mkdtempSync(path.join(tmpdir(), 'sis-tokenizer-'));
	});
	afterEach(() => rmSync(dir, { recursive: true, force: true }));

	/** The rules of a miniature, whose tokenizer.json is a copy that may be changed. */
	function copied(name: string): TextRules {
		const folder = path.join(FIXTURES, name, `tiny-${name}`);
		const { text } = readModelFolder(folder);
		const tokenizer = path.join(dir, 'tokenizer.json');
		cpSync(text.tokenizer, tokenizer);
		return { ...text, tokenizer };
	}

	function change(rules: TextRules, edit: (json: BpeJson) => unknown): void {
		const json = JSON.parse(readFileSync(rules.tokenizer, 'utf8')) as BpeJson;
		writeFileSync(rules.tokenizer, JSON.stringify(edit(json) ?? json, null, 2));
	}

	function isBroken(error: unknown): boolean {
		return (
			error instanceof EngineError &&
			error.code === 'MODEL_BROKEN' &&
			error.message.includes('tokenizer.json')
		);
	}

	const TEXT = 'two cats \n on "a" beach, 犬 👍';

	it('reads merges as pairs and as strings, or older files have none', () => {
		const rules = copied('siglip2');
		const ids = new TextTokenizer(rules).encode(TEXT);
		change(rules, ({ model }) => {
			model.merges = (model.merges as [string, string][]).map((pair) => pair.join(' '));
		});
		assert.deepEqual(new TextTokenizer(rules).encode(TEXT), ids);
	});

	it('reads merges that stand before the vocabulary, and escaped tokens', () => {
		const rules = copied('siglip2');
		const ids = new TextTokenizer(rules).encode(TEXT);
		change(rules, (json) => {
			const { merges, vocab, ...rest } = json.model;
			return { ...json, model: { merges, vocab, ...rest } };
		});
		const escaped = readFileSync(rules.tokenizer, 'utf8').replace(
			/[\u0080-\uffff]/g,
			(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
		writeFileSync(rules.tokenizer, escaped);
		assert.deepEqual(new TextTokenizer(rules).encode(TEXT), ids);
	});

	it('refuses a file that was cut off, wherever', () => {
		for (const name of ['siglip', 'siglip2', 'clip']) {
			const rules = copied(name);
			const whole = readFileSync(rules.tokenizer);
			for (const part of [0, 0.1, 0.5, 0.9, 0.999]) {
				writeFileSync(rules.tokenizer, whole.subarray(0, whole.length * part));
				assert.throws(() => new TextTokenizer(rules), isBroken, `${name} at ${part}`);
			}
		}
	});

	it('refuses a damaged character map by name', () => {
		const rules = copied('siglip');
		const json = readFileSync(rules.tokenizer, 'utf8');
		for (const map of ['AAAA', '/////w==', 'BAAAAA==']) {
			writeFileSync(
				rules.tokenizer,
				json.replace(/("precompiled_charsmap":")[^"]+/, (_, start: string) => start + map),
			);
			assert.throws(() => new TextTokenizer(rules), isBroken, map);
		}
	});

	it('refuses merges of tokens that do not exist, or the ids are those of another text', () => {
		const rules = copied('clip');
		change(rules, ({ model }) => {
			model.merges = [['qq', 'zz'], ...(model.merges as [string, string][])];
		});
		assert.throws(() => new TextTokenizer(rules), isBroken);
	});

	it('finds the end token in the vocabulary where the file does not list it among the special ones', () => {
		for (const name of ['siglip', 'siglip2', 'clip']) {
			const rules = copied(name);
			const ids = new TextTokenizer(rules).encode(TEXT);
			change(rules, (json) => ({ ...json, added_tokens: [] }));
			assert.deepEqual(new TextTokenizer(rules).encode(TEXT), ids, name);
		}
	});

	it('refuses a special token that the file does not have, or texts are padded with another', () => {
		const rules = copied('siglip');
		assert.throws(() => new TextTokenizer({ ...rules, padToken: '<nothing>' }), /<nothing>/);
	});

	it('cuts a long text and keeps its end token last, where pooling looks', () => {
		for (const name of ['siglip', 'siglip2', 'clip', 'openclip', 'openclip-siglip']) {
			const tokenizer = new TextTokenizer(copied(name));
			const short = tokenizer.encode('a dog');
			const long = tokenizer.encode('a dog on the beach '.repeat(100));
			assert.equal(long.length, short.length, name);
			const end = name.includes('clip') && name !== 'openclip-siglip' ? Math.max(...short) : 1;
			assert.equal(long.at(-1), end, name);
		}
	});

	it('takes no quadratic time over a text of a hundred thousand characters', () => {
		for (const name of ['siglip', 'siglip2', 'clip']) {
			const tokenizer = new TextTokenizer(copied(name));
			const start = performance.now();
			tokenizer.encode('dogandcat'.repeat(11_000));
			// Quadratic it would be minutes; this leaves a busy machine a factor of fifty.
			assert.ok(performance.now() - start < 10_000, name);
		}
	});
});

describe('cleaning a text as open_clip does', () => {
	it('undoes HTML, curly quotes, ligatures, wide letters and control characters', () => {
		const { whitespace } = OPEN_CLIP_CLEAN;
		assert.equal(
			whitespace('fish &amp;amp; chips&nbsp;&#39;n&#x27; caf&eacute;'),
			"fish & chips 'n' café",
		);
		assert.equal(whitespace('“ﬁne” ＬＯＵＤ　it’s\x1b[31m\x07 ok\ufeff'), '"fine" LOUD it\'s ok');
		assert.equal(whitespace('e\u0301\r\nx\u2028y\x1cz'), 'é x yz');
	});

	it('leaves entities alone beside a tag, once', () => {
		// ftfy takes "<" for HTML that is meant; html.unescape, which comes after it, does not care.
		assert.equal(OPEN_CLIP_CLEAN.whitespace('<b> &lt'), '<b> <');
	});

	it('canonicalises: underscores part words, other punctuation goes', () => {
		assert.equal(OPEN_CLIP_CLEAN.canonicalize('A_snake-case: “Name”!'), 'a snakecase name');
	});
});
