/**
 * Trains the templates as their documents say, and compares what they show with what is claimed of them; and their experiments
 * with the verdicts that these name.
 *
 *   npm run templates -- [--only a,b] [--seeds 1,2,3]
 *
 * Without seeds each keeps its own. Exits with 1 where a claim is missed.
 */
import { parseArgs } from 'node:util';
import { formatTable } from '../../src/cli/output';
import { plural } from '../../src/core/formatNumber';
import { MeasuringPool } from './measuringPool';
import type { Measurement, MeasuringTask } from './measureTemplate';
import { SHOWS } from './shows/index';

const { values } = parseArgs({
  options: { only: { type: 'string' }, seeds: { type: 'string' } },
});
const known = SHOWS.map(({ slug }) => slug);
const slugs = values.only?.split(',') ?? known;
const seeds = values.seeds?.split(',').map(Number) ?? [null];
const unknown = slugs.find((slug) => !known.includes(slug));
if (unknown !== undefined || !seeds.every((seed) => seed === null || Number.isInteger(seed))) {
  console.error(
    unknown === undefined ? 'Seeds are whole numbers.' : `There is no template “${unknown}”.`,
  );
  process.exit(2);
}

const started = performance.now();
const pool = new MeasuringPool();
const tasks = slugs.flatMap((slug) =>
  seeds.map((seed): MeasuringTask => ({ slug, seed, long: true })),
);
const measurements = await Promise.all(
  tasks.map(async (task) => {
    const measurement = await pool.measure(task);
    console.error(`${mark(isSound(measurement))} ${task.slug} ${task.seed ?? ''}`);
    return measurement;
  }),
);
pool.close();
const head = ['template', 'seed', 'what is measured', 'bar', 'value', '', 'seconds'];
console.log(formatTable([head, ...measurements.flatMap(rows)]));

const findings = measurements.flatMap((measurement) => measurement.findings);
const missed = findings.filter(({ holds }) => !holds).length;
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(`${missed} of ${plural(findings.length, 'claim')} missed, in ${seconds} s.`);
process.exitCode = missed === 0 ? 0 : 1;

/** The time stands in the first row, as it is that of all. */
function rows({ slug, seed, findings, seconds }: Measurement): string[][] {
  return findings.map(({ what, bar, value, holds }, index) => [
    index === 0 ? slug : '',
    index === 0 ? String(seed ?? 'own') : '',
    what,
    bar,
    value,
    mark(holds),
    index === 0 ? seconds.toFixed(1) : '',
  ]);
}

function isSound({ findings }: Measurement): boolean {
  return findings.every(({ holds }) => holds);
}

function mark(isRight: boolean): string {
  return isRight ? '✓' : '✗';
}
