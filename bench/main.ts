import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { ENGINES, type EngineName } from './engines/contract';
import { measureWorkload } from './measure';
import { openPage } from './openPage';
import { printProfile } from './profile';
import type { Row } from './row';
import { rowTable } from './rowTable';
import { WORKLOADS } from './workloads/workloads';
import type { Workload } from './workloads/workload';

interface Options {
  readonly workload: readonly Workload[];
  readonly engine: readonly EngineName[];
  readonly seconds: number;
  readonly steps?: number;
  readonly json?: string;
  readonly profile?: boolean;
  readonly gpu?: boolean;
}

function workloads(text: string): Workload[] {
  return text.split(',').flatMap((name) => {
    const found = WORKLOADS.filter((w) => w.name === name || w.name.startsWith(`${name}-`));
    if (found.length > 0) return found;
    throw new InvalidArgumentError(`Workloads: ${WORKLOADS.map((w) => w.name).join(', ')}`);
  });
}

function engines(text: string): EngineName[] {
  return text.split(',').map((name) => {
    const found = ENGINES.find((engine) => engine === name);
    if (!found) throw new InvalidArgumentError(`Engines: ${ENGINES.join(', ')}`);
    return found;
  });
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('A number above 0.');
  return value;
}

const options = new Command('bench')
  .description('Training steps of Basin and of other libraries, side by side in a real browser')
  .option('--workload <names>', 'some of a, b-small, b-middle, b-large, c, d', workloads, [
    ...WORKLOADS,
  ])
  .option('--engine <names>', `some of ${ENGINES.join(', ')}`, engines, [...ENGINES])
  .option('--seconds <n>', 'timed seconds of an engine on a workload', positive, 1.5)
  .option('--steps <n>', 'steps of a timed chunk, instead of seconds', positive)
  .option('--json <file>', 'write the rows to a file')
  .option('--profile', "time each kernel of Basin's plan by itself")
  .option('--gpu', "the machine's own GPU instead of the software adapter")
  .parse()
  .opts<Options>();

await run(options);
process.exit(0);

async function run({
  workload,
  engine,
  seconds,
  steps,
  json,
  profile,
  gpu,
}: Options): Promise<void> {
  const { page, close } = await openPage(gpu === true);
  try {
    if (profile) {
      for (const one of workload) await printProfile(page, one);
      return;
    }
    const open = new Map<EngineName, string>();
    for (const name of engine) {
      open.set(name, await page.evaluate((n) => basinBench.open(n), name));
    }
    const rows: Row[] = [];
    for (const one of workload) {
      const began = performance.now();
      const measured = await measureWorkload(page, one, open, { seconds, steps: steps ?? null });
      rows.push(...measured);
      const took = ((performance.now() - began) / 1000).toFixed(0);
      console.log(`\n${one.name}: ${one.title} (${took} s)\n${rowTable(measured)}`);
    }
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
  } finally {
    await close();
  }
}
