/**
 * The confusion table of lint and verdicts: trains every variant and compares what was said with what is right.
 *
 *   npm run calibrate -- [--seeds 1,2,3] [--evaluations 60] [--only PATTERN] [--out FILE.jsonl]
 *
 * Exits with 1 where anything is wrong. `--out` keeps every report, one a line, to look into thresholds.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatTable } from '../../src/cli/output';
import type { Verdict } from '../../src/probing/report';
import { trainVariant, type VariantRun } from './trainVariant';
import { VARIANTS, type Variant } from './variants';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2,3' },
    evaluations: { type: 'string', default: '60' },
    only: { type: 'string', default: '' },
    out: { type: 'string' },
  },
});
const seeds = values.seeds.split(',').map(Number);
const evaluations = Number(values.evaluations);
const variants = VARIANTS.filter(({ name }) => new RegExp(values.only).test(name));
if (values.out) writeFileSync(values.out, '');

const rows: string[][] = [];
let wrong = 0;
for (const variant of variants) {
  for (const seed of seeds) {
    // Of what collapses only the end counts.
    const count = [variant.verdict].flat().includes('healthy')
      ? evaluations
      : Math.min(evaluations, 10);
    const run = await trainVariant(variant, seed, count);
    const row = judged(variant, seed, run);
    if (row.includes('✗')) wrong++;
    rows.push(row);
    console.error(row.join(' | '));
    if (values.out) {
      const lines = run.reports.map((report) =>
        JSON.stringify({ variant: variant.name, seed, ...report }),
      );
      appendFileSync(values.out, `${lines.join('\n')}\n`);
    }
  }
}
const head = ['variant', 'seed', 'lint', '', 'expected', 'verdict', '', 'flips', 'in the course'];
console.log(formatTable([head, ...rows]));
console.log(`${wrong} of ${rows.length} runs are not as expected.`);
process.exitCode = wrong === 0 ? 0 : 1;

function judged(variant: Variant, seed: number, { warnings, reports }: VariantRun): string[] {
  const expected = new Set<Verdict>([variant.verdict].flat());
  const verdicts = reports.map(({ verdict }) => verdict);
  const last = verdicts.at(-1) ?? 'no verdict';
  // Before the first verdict there is none to change.
  const spoken = verdicts.slice(verdicts.findIndex((verdict) => verdict !== 'no verdict'));
  const flips = spoken.filter((verdict, i) => i > 0 && verdict !== spoken[i - 1]).length;
  const sound =
    expected.has(last) && verdicts[0] === 'no verdict' && (last !== 'healthy' || flips === 0);
  const told = warnings.join() || 'silent';
  const right = [...variant.warnings].sort().join() || 'silent';
  return [
    variant.name,
    String(seed),
    told.replaceAll('lint.', ''),
    mark(told === right),
    [...expected].join(' or '),
    last,
    mark(sound),
    String(flips),
    [...new Set(verdicts)].slice(0, 4).join(' → '),
  ];
}

function mark(isRight: boolean): string {
  return isRight ? '✓' : '✗';
}
