#!/usr/bin/env node
/** Builds one page for production: `app` (the default), `harness` or `bench` (see lib/builds.mjs). */
import { build, BUILDS } from './lib/builds.mjs';

const name = process.argv[2] ?? 'app';
if (name !== 'app' && name !== 'harness' && name !== 'bench') {
  console.error(`Nothing to build called "${name}": ${Object.keys(BUILDS).join(', ')}`);
  process.exit(2);
}
await build(name);
console.log(`built ${BUILDS[name].outDir}`);
