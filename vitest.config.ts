import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const FOLDERS = [
  'src',
  'nodes',
  'workers',
  'scripts',
  'bench',
  'tests/layout',
  'tests/parity',
  'tests/oracles',
  'tests/search',
  'tests/fuzz',
];
const UNIT_TESTS = FOLDERS.map((folder) => `${folder}/**/*.test.{ts,tsx}`);

/** What replaces modules or globals, as its source says: others must not see that. */
const REPLACES = /\bvi\.(mock|doMock|stubGlobal|stubEnv|useFakeTimers)\(|import '[^']+\/auto'/;

function replacingTests(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.test\.tsx?$/.test(file))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      .filter((file) => REPLACES.test(readFileSync(new URL(file, import.meta.url), 'utf8'))),
  );
}

const replacing = replacingTests();
const unit = {
  environment: 'node',
  // Generous, since a loaded machine must not fail a sound build.
  testTimeout: 60_000,
} as const;

// All suites run in Node: whatever needs a page or an adapter is a Playwright suite (see
// playwright.config.ts), so that nothing here depends on what the machine can draw.
export default defineConfig({
  test: {
    // All cores: by default one is left out, which on two is half of them.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          ...unit,
          name: 'unit',
          include: UNIT_TESTS,
          exclude: replacing,
          // Modules are loaded once a core instead of once a file, which takes as long as the tests.
          isolate: false,
        },
      },
      { test: { ...unit, name: 'replacing', include: replacing } },
      {
        test: {
          name: 'templates',
          environment: 'node',
          include: ['templates/**/*.test.ts', 'tests/templates/**/*.test.ts'],
          // A template is trained until it shows what the catalogue promises.
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
