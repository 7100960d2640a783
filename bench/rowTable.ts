import type { Row } from './row';
import { agree } from './statistics';
import { short, table } from './table';

/** Relative difference of losses from which on engines count as computing different things. */
export const LOSS_TOLERANCE = 5e-4;

/** Stands in the row of an engine whose loss is another one than the first engine's. */
export const MISMATCH = 'LOSS MISMATCH';

/** The numbers of one workload, one line an engine, with what each loss has to say against the first one. */
export function rowTable(rows: readonly Row[]): string {
  const reference = rows.find(({ lossAfter }) => lossAfter !== null)?.lossAfter ?? NaN;
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
      row.lossAfter?.toPrecision(6) ?? '–',
      remark(row, reference),
    ]),
  );
}

function remark({ unsupported, lossAfter }: Row, reference: number): string {
  if (unsupported !== undefined) return `unsupported: ${unsupported}`;
  if (lossAfter !== null && agree(lossAfter, reference, LOSS_TOLERANCE)) return '';
  return MISMATCH;
}
