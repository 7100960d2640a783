import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ENGINES, type EngineName } from './engines/contract';
import { measureWorkload } from './measure';
import { openPage } from './openPage';
import { printProfile } from './profile';
import { ratioReport } from './ratioTable';
import { writeResults, type SectionName } from './results';
import type { Row } from './row';
import { MISMATCH, rowTable } from './rowTable';
import { scalingReport } from './scaling';
import { isSearching, type Workload } from './workloads/workload';
import { WORKLOADS } from './workloads/workloads';

interface Options {
  readonly workload: readonly Workload[];
  readonly engine: readonly EngineName[];
  readonly seconds: number;
  readonly steps?: number;
  readonly json?: string;
  readonly profile?: boolean;
  readonly scaling?: boolean;
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

interface Section {
  readonly name: SectionName;
  /** Whose steps it compares. */
  readonly engines: readonly EngineName[];
  has(workload: Workload): boolean;
}

const SOFTWARE_SECTIONS: readonly Section[] = [
  { name: 'side by side', engines: ENGINES, has: ({ model }) => !isSearching(model) },
  { name: 'searches', engines: ENGINES, has: ({ model }) => isSearching(model) },
];

const GPU_SECTIONS: readonly Section[] = [
  {
    name: 'gpu',
    engines: ENGINES.filter((name) => name.endsWith('-webgpu')),
    has: () => true,
  },
];

const options = new Command('bench')
  .description('Training steps of Basin and of other libraries, side by side in a real browser')
  .addOption(
    new Option('--workload <names>', `some of ${WORKLOADS.map((w) => w.name).join(', ')}`)
      .argParser(workloads)
      .default([...WORKLOADS], 'all'),
  )
  .addOption(
    new Option('--engine <names>', `some of ${ENGINES.join(', ')}`)
      .argParser(engines)
      .default([...ENGINES], 'all'),
  )
  .option('--seconds <n>', 'timed seconds of an engine on a workload', positive, 1.5)
  .option('--steps <n>', 'steps of a timed chunk, instead of seconds', positive)
  .option('--json <file>', 'write the rows to a file')
  .option('--profile', "time each kernel of Basin's plan by itself")
  .option('--scaling', 'basin-webgpu against batch, width and number of nodes')
  .option('--gpu', "the machine's own GPU instead of the software adapter")
  .parse()
  .opts<Options>();

const { page, machine, close } = await openPage(options.gpu === true);
try {
  console.log(machine);
  if (options.profile) {
    for (const workload of options.workload) await printProfile(page, workload);
  } else if (options.scaling) {
    writeResults('scaling', machine, await scalingReport(page));
  } else {
    await compare(page, machine, options);
  }
} finally {
  await close();
}
process.exit();

/** Results are kept only of whole sections: tables made of parts of several runs would compare what was not side by side. */
async function compare(
  page: Page,
  machine: string,
  { workload, engine, seconds, steps, json, gpu }: Options,
): Promise<void> {
  const open = new Map<EngineName, string>();
  for (const name of engine) open.set(name, await page.evaluate((n) => basinBench.open(n), name));
  const rows: Row[] = [];
  const tables = new Map<string, string>();
  for (const one of workload) {
    const began = performance.now();
    const measured = await measureWorkload(page, one, open, { seconds, steps: steps ?? null });
    rows.push(...measured);
    const took = ((performance.now() - began) / 1000).toFixed(0);
    const part = `### ${one.name}: ${one.title}\n\n${rowTable(measured, one.check)}`;
    tables.set(one.name, part);
    console.log(`\n${part}\n(${took} s)`);
  }
  console.log(`\n${ratioReport(rows)}`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
  for (const section of gpu === true ? GPU_SECTIONS : SOFTWARE_SECTIONS) {
    const names = WORKLOADS.filter(section.has).map(({ name }) => name);
    if (names.some((name) => !tables.has(name))) continue;
    if (section.engines.some((name) => !engine.includes(name))) continue;
    const own = rows.filter((row) => names.includes(row.workload));
    const parts = names.flatMap((name) => tables.get(name) ?? []);
    writeResults(section.name, machine, [ratioReport(own), ...parts].join('\n\n'));
  }
  if ([...tables.values()].some((part) => part.includes(MISMATCH))) process.exitCode = 1;
}
