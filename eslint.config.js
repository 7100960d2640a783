import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { bareText } from './scripts/lint/bareText.mjs';

const SOURCES = ['**/*.{ts,tsx,mts}'];
const PLAIN_SCRIPTS = ['**/*.{js,mjs,cjs}'];

// Tools load these by their default export.
const CONFIG_FILES = ['*.config.{ts,js}', '.dependency-cruiser.cjs'];

const NO_EXPORT_ALL = {
  selector: 'ExportAllDeclaration',
  message: 'Name what is exported: no `export *`.',
};
const NO_EXPORT_DEFAULT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Use a named export.',
};
const NO_BARE_LENGTHS = {
  selector:
    "CallExpression[callee.property.name=/^(min|max|length|nonempty|size)$/] > MemberExpression CallExpression[callee.object.name='z'][callee.property.name=/^(string|array|set|map)$/]",
  message: 'Use `text` or `list` of src/core/schemas: zod measures before it looks at the type.',
};

export default defineConfig(
  {
    ignores: [
      'node_modules/**',
      'dist/**',
      'dist-harness/**',
      'dist-bench/**',
      '.cache/**',
      'test-results/**',
      'playwright-report/**',
      'coverage/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.strict.map((config) => ({
    ...config,
    files: [...SOURCES, ...PLAIN_SCRIPTS],
  })),
  {
    files: [...SOURCES, ...PLAIN_SCRIPTS],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', NO_EXPORT_ALL, NO_EXPORT_DEFAULT, NO_BARE_LENGTHS],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Namespaces of related functions are plain modules here; classes are for state.
      '@typescript-eslint/no-extraneous-class': 'error',
    },
  },
  {
    // Only the rules that need types and that catch real faults: a full typed preset is several
    // times slower for little gain.
    files: SOURCES,
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { prefer: 'type-imports', fixStyle: 'separate-type-imports' },
      ],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['src/{editor,panels,app}/**/*.{ts,tsx}', 'nodes/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks, basin: { rules: { 'bare-text': bareText } } },
    rules: {
      'basin/bare-text': 'error',
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
    },
  },
  {
    // Workers and the command line run this too, and there is no DOM there.
    files: ['src/**/*.ts', 'nodes/**/*.ts', 'workers/**/*.ts'],
    ignores: [
      'src/{editor,panels,app}/**',
      '**/*.test.ts',
      'workers/client/**',
      'workers/client.ts',
    ],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['window', 'document', 'localStorage', 'sessionStorage', 'location', 'history'],
        ...['alert', 'Image', 'HTMLElement', 'HTMLCanvasElement', 'HTMLImageElement'],
        ...['requestAnimationFrame', 'event', 'name', 'length', 'top', 'parent'],
      ],
    },
  },
  {
    files: PLAIN_SCRIPTS,
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: CONFIG_FILES,
    rules: {
      'no-restricted-syntax': ['error', NO_EXPORT_ALL],
    },
  },
  {
    files: ['src/core/schemas.ts'],
    rules: { 'no-restricted-syntax': ['error', NO_EXPORT_ALL, NO_EXPORT_DEFAULT] },
  },
  {
    // Playwright passes fixtures through a callback named `use`, and needs `{}` for "no fixtures".
    files: ['e2e/**/*.ts'],
    rules: { 'no-empty-pattern': 'off' },
  },
  prettier,
);
