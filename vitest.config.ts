import { defineConfig } from 'vitest/config';

// Both suites run in Node: whatever needs a page or an adapter is a Playwright suite (see
// playwright.config.ts), so that nothing here depends on what the machine can draw.
export default defineConfig({
  test: {
    // All cores: by default one is left out, which on two is half of them.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: [
            '{src,nodes,workers,scripts,bench}/**/*.test.{ts,tsx}',
            'tests/{parity,oracles}/**/*.test.ts',
          ],
          // Generous, since a loaded machine must not fail a sound build.
          testTimeout: 60_000,
        },
      },
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
