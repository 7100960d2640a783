#!/usr/bin/env node
/**
 * `npm start`: from a fresh checkout to a running page. Only Node's own modules are imported up
 * front, because nothing else may be installed yet.
 */
import { ensureDependencies } from './lib/dependencies.mjs';
import { requireNode } from './lib/node-version.mjs';

const USAGE = `Usage: npm start -- [--port N] [--host [ADDRESS]] [--build]

  --port N          port to serve on (default 4173; the next free one if it is taken)
  --host ADDRESS    address to listen on (default localhost; without ADDRESS: all)
  --build           build even if nothing changed
`;

requireNode();
// Older Nodes lack it, and would fail on a static import before the message above.
const { parseArgs } = await import('node:util');
const { port, host, rebuild } = readOptions(process.argv.slice(2));
ensureDependencies();
await start();

async function start() {
  const { build, ensureBuilt, serve } = await import('./lib/builds.mjs');
  if (rebuild) await build('app');
  else await ensureBuilt('app');

  const server = await serve('app', { port, host, strictPort: false });
  const address = server.httpServer.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  if (actual !== port) console.log(`Port ${port} is taken, using ${actual}.`);
  for (const url of server.resolvedUrls?.local ?? []) console.log(`Basin runs at ${url}`);
  for (const url of server.resolvedUrls?.network ?? []) {
    // What browsers keep from pages that come neither from localhost nor by https; the page says it, too.
    console.log(
      `Basin runs at ${url} (there without WebGPU, and only with a connection: both need https)`,
    );
  }
}

/** @param {string[]} args */
function readOptions(args) {
  // `--host` alone means every address; parseArgs wants a value for each string option.
  const bare = args.findIndex(
    (arg, i) => arg === '--host' && (args[i + 1] === undefined || args[i + 1]?.startsWith('-')),
  );
  const complete = bare < 0 ? args : args.with(bare, '--host=0.0.0.0');
  try {
    const { values } = parseArgs({
      args: complete,
      options: {
        port: { type: 'string', default: '4173' },
        host: { type: 'string', default: 'localhost' },
        build: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    const number = Number(values.port);
    if (!Number.isInteger(number) || number < 0 || number > 65535) {
      throw new Error(`--port wants a number from 0 to 65535, found "${values.port}"`);
    }
    return { port: number, host: values.host, rebuild: values.build };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}
