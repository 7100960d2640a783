#!/usr/bin/env node
/** Serves a page on one fixed port for the browser tests, after building it if it changed. */
import { BUILDS, ensureBuilt, serve } from './lib/builds.mjs';

const [name, port] = process.argv.slice(2);
if ((name !== 'app' && name !== 'harness') || !Number(port)) {
  console.error(`Usage: serve.mjs ${Object.keys(BUILDS).join('|')} PORT`);
  process.exit(2);
}
await ensureBuilt(name);
await serve(name, { port: Number(port), host: 'localhost', strictPort: true });
