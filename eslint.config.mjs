import js from '@eslint/js';
import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';
import { globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** What n8n loads, and is judged by n8n's own rules. */
const N8N_FILES = ['nodes/**/*.ts', 'credentials/**/*.ts'];
/** Programs with a console of their own. */
const SCRIPT_FILES = ['**/*.mjs', '**/*.js'];

/** n8n's rules, meant for a package of nodes only, kept away from the engine beside them. */
const n8nRules = configWithoutCloudSupport.map((entry) =>
	entry.files?.includes('**/*.ts') ? { ...entry, files: N8N_FILES } : entry,
);

export default tseslint.config(
	globalIgnores(['dist/', 'node_modules/', '.cache/', 'models/', 'training/', 'tmp/', '**/*.d.ts']),
	n8nRules,
	{
		files: ['**/*.ts', '**/*.mts'],
		ignores: N8N_FILES,
		extends: [js.configs.recommended, tseslint.configs.recommended],
	},
	{
		files: SCRIPT_FILES,
		extends: [js.configs.recommended],
		languageOptions: { globals: globals.node },
	},
	{
		files: ['gulpfile.js'],
		languageOptions: { sourceType: 'commonjs' },
	},
	{
		files: N8N_FILES,
		rules: {
			// Resolving every import on each run takes longer than all other rules; tsc does it anyway.
			'import-x/no-unresolved': 'off',
			'import-x/named': 'off',
			'import-x/namespace': 'off',
			'import-x/default': 'off',
			'import-x/no-named-as-default-member': 'off',
		},
	},
	{
		files: ['package.json'],
		rules: {
			// An image encoder cannot be written without dependencies; the package is for self-hosted
			// n8n only and says so with `n8n.strict: false`.
			'@n8n/community-nodes/no-runtime-dependencies': 'off',
			// Whoever publishes it puts their own name and address in.
			'@n8n/community-nodes/valid-author': 'off',
			'@n8n/community-nodes/require-homepage': 'off',
			'n8n-nodes-base/community-package-json-author-missing': 'off',
			// Pins a dependency of the linter for this clone; npm ignores it where the package is installed.
			'@n8n/community-nodes/no-overrides-field': 'off',
		},
	},
);
