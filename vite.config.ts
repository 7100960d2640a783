import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vite';
import {
  developmentHeaders,
  isolationHeaders,
  metaPolicy,
  productionHeaders,
} from './scripts/headers.mjs';
import { makeDataFiles } from './scripts/lib/dataFiles.mjs';
import { compressed } from './scripts/lib/compressed.mjs';
import { offline } from './scripts/lib/offline.mjs';
import { styleFiles } from './scripts/lib/styleFiles.mjs';
import { sharedWorkers } from './scripts/lib/sharedWorkers.mjs';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** States the content security policy in the page too, for hosts that set no headers. */
function policyInPage(): Plugin {
  return {
    name: 'basin:policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/** Data files that are made of packages must be there before their folder is served or copied. */
function derivedData(): Plugin {
  return { name: 'basin:derived-data', configResolved: makeDataFiles };
}

const workers = sharedWorkers();

/** The pages beside the app: that of the engine tests, and that of the benchmark. */
const PAGES: Partial<Record<string, { readonly root: string; readonly outDir: string }>> = {
  harness: { root: 'e2e/harness', outDir: 'dist-harness' },
  bench: { root: 'bench/page', outDir: 'dist-bench' },
};

// `--mode harness` and `--mode bench` build those pages instead of the app. The benchmark's is neither minified nor
// under the content security policy: the engines that Basin is compared with want threads from blob: URLs and parts
// of their own source text.
export default defineConfig(({ mode }) => ({
  // Wherever it is served, under whatever path.
  base: './',
  // What is missing is 404, and not the page.
  appType: 'mpa',
  root: here(PAGES[mode]?.root ?? '.'),
  publicDir: PAGES[mode] ? false : 'public',
  // The other pages have workers of their own kind, each built alone: what is evaluated first in them stays first.
  plugins:
    mode === 'bench'
      ? []
      : [
          react(),
          styleFiles(),
          policyInPage(),
          derivedData(),
          ...(PAGES[mode] ? [] : [workers.plugin, offline(), compressed()]),
        ],
  worker: { format: 'es' },
  build: {
    outDir: here(PAGES[mode]?.outDir ?? 'dist'),
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: mode !== 'bench',
    minify: mode === 'bench' ? false : undefined,
    // Inlined assets would be data: URLs, which the policy refuses for fonts and fetches.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // What a part of the page or a worker imports is found by itself; workers have no document to preload with.
      resolveDependencies: (_, dependencies, { hostType }) =>
        hostType === 'html' ? dependencies : [],
    },
    // TensorFlow.js and the layout engine are large by nature and load in workers only.
    chunkSizeWarningLimit: 2500,
    rolldownOptions: {
      output: {
        // Libraries change rarer than our code: let the browser keep them.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'canvas', test: /node_modules[\\/](@xyflow|d3-[a-z]+)[\\/]/ },
            { name: 'katex', test: /node_modules[\\/]katex[\\/]/ },
            ...(mode === 'production' ? workers.groups : []),
          ],
        },
      },
    },
  },
  server: { headers: developmentHeaders },
  preview: {
    headers: mode === 'bench' ? isolationHeaders : productionHeaders,
    // By whatever name of the machine: what is served is public, and the same for all.
    allowedHosts: true,
  },
}));
