import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/ensure-browser.mjs';
import { browserArgs } from './scripts/lib/browserArgs.mjs';

// Uncommon, and movable where two checkouts are tested at once.
const APP_PORT = Number(process.env['BASIN_TEST_PORT'] ?? 41730);
const HARNESS_PORT = APP_PORT + 1;

const url = (port: number): string => `http://localhost:${port}/`;

// The suites run alike on every machine, with or without a GPU. `BASIN_GPU=1` runs them on the machine's own instead.
const args = browserArgs(process.env['BASIN_GPU'] === '1' ? 'machine' : 'software');

const suites = [
  {
    page: 'harness',
    port: HARNESS_PORT,
    project: {
      name: 'engines',
      testMatch: 'engines/**/*.spec.ts',
      use: { baseURL: url(HARNESS_PORT) },
    },
  },
  {
    page: 'app',
    port: APP_PORT,
    project: {
      name: 'e2e',
      testMatch: '*.spec.ts',
      // A pattern matches at any depth.
      testIgnore: 'engines/**',
      // Each test is a first visit, after which the page would be kept for the next: `offline.spec.ts` is about that.
      use: { baseURL: url(APP_PORT), serviceWorkers: 'block' as const },
    },
  },
];

/** The suites named by `--project`, so that only their pages are built and served. */
function selectedSuites(): typeof suites {
  const named = process.argv.flatMap((arg, i) => {
    if (arg.startsWith('--project=')) return [arg.slice('--project='.length)];
    return process.argv[i - 1] === '--project' ? [arg] : [];
  });
  return named.length === 0 ? suites : suites.filter(({ project }) => named.includes(project.name));
}

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  forbidOnly: true,
  // The next test goes to whichever worker is free: in whole files, one of them idles at the end.
  fullyParallel: true,
  workers: 2,
  // What passes only then is named in the summary (scripts/lib/reports.mjs).
  retries: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env['BASIN_REPORT'] ?? '.cache/reports/playwright.json' }],
  ],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: findBrowser(), args },
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    // Recording takes as long as the tests where there is no GPU: `--trace retain-on-failure` does it when wanted.
    trace: 'off',
  },
  projects: suites.map(({ project }) => project),
  webServer: selectedSuites().map(({ page, port }) => ({
    command: `node scripts/serve.mjs ${page} ${port}`,
    url: url(port),
    reuseExistingServer: false,
    timeout: 180_000,
    stdout: 'ignore' as const,
    stderr: 'pipe' as const,
  })),
});
