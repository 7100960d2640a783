import { COMPARISONS, ratios, type Ratio, type TimeOf } from './ratios';
import type { Row } from './row';
import { table } from './table';

/** One line a workload, one column a comparison; where a ratio is wanted, it stands behind, with a mark when it is missed. */
export function ratioTable(rows: readonly Row[], timeOf: TimeOf): string {
  const all = ratios(rows, timeOf);
  const present = COMPARISONS.filter(({ engine, peer }) =>
    all.some((ratio) => ratio.engine === engine && ratio.peer === peer),
  );
  const names = [...new Set(all.map(({ workload }) => workload))];
  return table(
    ['workload', ...present.map(({ engine, peer }) => `${engine} against ${peer}`)],
    names.map((workload) => [
      workload,
      ...present.map(({ engine, peer }) =>
        cell(all.find((r) => r.workload === workload && r.engine === engine && r.peer === peer)),
      ),
    ]),
  );
}

/** The ratios of medians, which count, and those of the quickest rounds, which suffer least when the machine is busy. */
export function ratioReport(rows: readonly Row[]): string {
  return [
    `### Ratios of medians\n\n${ratioTable(rows, 'msPerStep')}`,
    `### Ratios of the quickest rounds\n\n${ratioTable(rows, 'msPerStepBest')}`,
  ].join('\n\n');
}

function cell(ratio: Ratio | undefined): string {
  if (!ratio) return '–';
  const { value, wanted } = ratio;
  const text = `${value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)}×`;
  if (wanted === null) return text;
  return `${text} (≥ ${wanted}×${value >= wanted ? '' : ', missed'})`;
}
