import { COMPARISONS, ratios, type Ratio } from './ratios';
import type { Row } from './row';
import { table } from './table';

/** One line a workload, one column a comparison; where a ratio is wanted, it stands behind, with a mark when it is missed. */
export function ratioTable(rows: readonly Row[]): string {
  const all = ratios(rows);
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

function cell(ratio: Ratio | undefined): string {
  if (!ratio) return '–';
  const { value, wanted } = ratio;
  const text = `${value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)}×`;
  if (wanted === null) return text;
  return `${text} (≥ ${wanted}×${value >= wanted ? '' : ', missed'})`;
}
