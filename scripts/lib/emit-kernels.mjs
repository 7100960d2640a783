#!/usr/bin/env node
/**
 * Writes the compiled training step of every template of a checkout: `SLUG.plan` and `SLUG.wgsl` in a folder,
 * and beside it `FOLDER.json` with what `basin compile` counts. It speaks to that checkout's own command line,
 * whose contract is fixed, so that any revision can be asked.
 *
 *   node scripts/lib/emit-kernels.mjs CHECKOUT FOLDER
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';

const [checkout = '', folder = ''] = process.argv.slice(2);
register({ tsconfig: join(checkout, 'tsconfig.json') });
/** @type {{ main: (argv: string[], terminal: object) => Promise<number> }} */
const { main } = await import(pathToFileURL(join(checkout, 'src/cli/main.ts')).href);

mkdirSync(folder, { recursive: true });
/** @type {Record<string, object>} */
const numbers = {};
for (const { slug } of JSON.parse(await basin('templates', '--json'))) {
  try {
    const { dispatchesPerStep, buffers, bytes } = JSON.parse(
      await basin('compile', slug, '--print', 'plan', '--json'),
    );
    numbers[slug] = { dispatches: dispatchesPerStep, buffers, bytes };
    const plan = await basin('compile', slug, '--print', 'plan');
    // How long it took differs from run to run.
    writeFileSync(join(folder, `${slug}.plan`), plan.replace(/^compiled in .*\n/m, ''));
    writeFileSync(join(folder, `${slug}.wgsl`), await basin('compile', slug, '--print', 'wgsl'));
  } catch (error) {
    console.error(`${slug} does not compile: ${error instanceof Error ? error.message : error}`);
  }
}
writeFileSync(`${folder}.json`, JSON.stringify(numbers));
// The command line may have started GPU bindings, which would hold the process open.
process.exit();

/**
 * @param {string[]} argv
 * @returns {Promise<string>} what the command printed
 */
async function basin(...argv) {
  /** @type {string[]} */
  const out = [];
  /** @type {string[]} */
  const complaints = [];
  const exitCode = await main(argv, {
    out: (/** @type {string} */ text) => out.push(`${text}\n`),
    err: (/** @type {string} */ text) => complaints.push(text),
    stdin: () => Promise.resolve(''),
  });
  if (exitCode !== 0) throw new Error(complaints.join('\n') || `exit code ${exitCode}`);
  return out.join('');
}
