#!/usr/bin/env node
/** The command line, run from source: TypeScript is transformed as it is imported. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalledOnce } from './lib/dependencies.mjs';
import { requireNode } from './lib/node-version.mjs';
import { ROOT } from './lib/project.mjs';

requireNode();
ensureInstalledOnce();
const { register } = await import('tsx/esm/api');
register({ tsconfig: join(ROOT, 'tsconfig.json') });

/** @type {{ main: (argv: string[]) => Promise<number> }} */
const { main } = await import(pathToFileURL(join(ROOT, 'src/cli/main.ts')).href);
const exitCode = await main(process.argv.slice(2));

// GPU bindings and worker threads may hold the process open after the work is done, while
// leaving at once would cut off output that a pipe has not taken yet.
process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
