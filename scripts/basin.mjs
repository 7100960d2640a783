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

/** @type {{ processMain: (argv: string[]) => Promise<number> }} */
const { processMain } = await import(pathToFileURL(join(ROOT, 'src/cli/processMain.ts')).href);
// GPU bindings and worker threads may hold the process open after the work is done.
process.exit(await processMain(process.argv.slice(2)));
