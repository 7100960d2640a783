/**
 * The long fuzz: throws what is damaged, hostile and random at the readers and at the command line.
 *
 *   npm run fuzz -- [--only documents,links] [--runs N] [--seed S] [--path P]
 *
 * Exits with 1 where anything throws, takes more than two seconds, never ends, or opens another document. Each target prints its seed first; a
 * fault comes with a path, and with both it is had again.
 */
import { Command } from 'commander';
import { Attacker } from './attacker';
import { someSeed } from './target';

interface Options {
  readonly only?: string;
  readonly runs?: string;
  readonly seed?: string;
  readonly path?: string;
}

const values = new Command('fuzz')
  .description('Throws what is damaged, hostile and random at the readers and at the command line')
  .option('--only <names>', 'some of the targets, with commas between')
  .option('--runs <n>', 'inputs for each target')
  .option('--seed <n>', 'of an earlier run')
  .option('--path <path>', 'of a fault, with its seed')
  .parse()
  .opts<Options>();
const only = values.only?.split(',');
const attacker = new Attacker(new URL('./targets.ts', import.meta.url));
const targets = await attacker.targets();
const chosen = targets.filter(({ name }) => only === undefined || only.includes(name));
let faults = 0;
for (const one of chosen) {
  const seed = values.seed === undefined ? someSeed() : Number(values.seed);
  const runs = values.runs === undefined ? one.runs.long : Number(values.runs);
  console.log(`${one.name}: seed ${seed}, ${runs} inputs`);
  const start = performance.now();
  const { path } = values;
  const outcome = await attacker.attack(one.name, {
    runs,
    seed,
    ...(path === undefined ? {} : { path }),
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  if (outcome.fault !== null) faults++;
  console.log(outcome.fault ?? `${one.name}: ${outcome.runs} inputs in ${seconds} s, no fault`);
}
await attacker.close();
process.exit(faults > 0 || chosen.length === 0 ? 1 : 0);
