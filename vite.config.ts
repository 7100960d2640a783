import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vite';
import { developmentHeaders, metaPolicy, productionHeaders } from './scripts/headers.mjs';
import { makeDataFiles } from './scripts/lib/dataFiles.mjs';

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

// `--mode harness` builds the page of the engine tests instead of the app.
export default defineConfig(({ mode }) => ({
  root: mode === 'harness' ? here('e2e/harness') : here('.'),
  publicDir: mode === 'harness' ? false : 'public',
  plugins: [react(), policyInPage(), derivedData()],
  worker: { format: 'es' },
  build: {
    outDir: here(mode === 'harness' ? 'dist-harness' : 'dist'),
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: true,
    // Inlined assets would be data: URLs, which the policy refuses for fonts and fetches.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
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
          ],
        },
      },
    },
  },
  server: { headers: developmentHeaders },
  preview: { headers: productionHeaders },
}));
