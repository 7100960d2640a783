import type { Row } from './row';
import { agree } from './statistics';
import { short, table } from './table';
import type { Workload } from './workloads/workload';

/** Relative difference of losses from which on engines count as computing different things. */
export const LOSS_TOLERANCE = 5e-4;

/** Where losses only fall alike, the factor between two falls from which on they do not. */
const FALL_FACTOR = 2;

/** Stands in the row of an engine whose loss is another one than the first engine's. */
export const MISMATCH = 'LOSS MISMATCH';

/** The numbers of one workload, one line an engine, with what each loss has to say against the first one. */
export function rowTable(rows: readonly Row[], check: Workload['check']): string {
  const reference = rows.find(({ lossAfter }) => lossAfter !== null);
  const falls = check === 'falls';
  return table(
    [
      'engine',
      'ms/step',
      'best',
      'compile ms',
      'JS ms/step',
      'dispatches',
      'submits',
      'MB/step',
      ...(falls ? ['first loss'] : []),
      'loss',
      '',
    ],
    rows.map((row) => [
      row.engine,
      short(row.msPerStep),
      short(row.msPerStepBest),
      short(row.compileMs),
      short(row.jsMsPerStep),
      short(row.dispatchesPerStep),
      short(row.submitsPerStep),
      short(row.bytesPerStep === null ? null : row.bytesPerStep / 1e6),
      ...(falls ? [digits(row.lossFirst, 4)] : []),
      digits(row.lossAfter, falls ? 4 : 6),
      remark(row, reference, check),
    ]),
  );
}

function digits(loss: number | null, count: number): string {
  return loss?.toPrecision(count) ?? '–';
}

function remark(row: Row, reference: Row | undefined, check: Workload['check']): string {
  if (row.unsupported !== undefined) return `unsupported: ${row.unsupported}`;
  if (!reference) return MISMATCH;
  const alike =
    check === 'equal'
      ? agree(row.lossAfter ?? NaN, reference.lossAfter ?? NaN, LOSS_TOLERANCE)
      : fallAlike(fall(row), fall(reference));
  return alike ? '' : MISMATCH;
}

function fall({ lossFirst, lossAfter }: Row): number {
  return (lossFirst ?? NaN) - (lossAfter ?? NaN);
}

/** Whether both fall, neither by more than the factor further than the other. */
function fallAlike(a: number, b: number): boolean {
  return a > 0 && b > 0 && a < FALL_FACTOR * b && b < FALL_FACTOR * a;
}
