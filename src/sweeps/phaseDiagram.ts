import type { Verdict } from '../probing/verdicts/verdicts';
import { VERDICT_ORDER } from '../probing/verdicts/verdicts';
import { numbersOf } from '../runs/runFilter';
import type { RunRecord } from '../runs/runRecord';
import type { AxisValue, SweepAxis, SweepDefinition } from '../runs/sweepDefinition';
import { trialsOf } from './trials';

/** One point of the diagram, with all that was trained there. */
export interface PhaseCell {
  /** Its places along the axes. */
  readonly column: number;
  readonly row: number;
  readonly values: readonly AxisValue[];
  /** Finished trials, by number. */
  readonly runs: readonly RunRecord[];
  /** Trials that belong here, finished or not. */
  readonly planned: number;
  /** What most of the trials were found to be; of equally many the gravest. Null without any. */
  readonly verdict: Verdict | null;
  /** How many of the trials were found to be so. */
  readonly agreeing: number;
}

export interface PhaseDiagram {
  readonly columns: SweepAxis;
  /** Null where one parameter is swept. */
  readonly rows: SweepAxis | null;
  /** Row by row, each from the first value on. */
  readonly cells: readonly (readonly PhaseCell[])[];
}

/** A sweep as a table: the first axis to the right, the second upwards; trials at the same point are together, seeds above all. */
export function phaseDiagram(sweep: SweepDefinition, runs: readonly RunRecord[]): PhaseDiagram {
  const [columns, rows = null] = sweep.axes;
  if (columns === undefined) throw new Error('a sweep has an axis');
  const finished = new Map(
    runs.flatMap((run) =>
      run.trial?.sweepId === sweep.id ? [[run.trial.trial, run] as const] : [],
    ),
  );
  const width = columns.values.length;
  const members = new Map<number, { runs: RunRecord[]; planned: number }>();
  for (const { trial, values } of trialsOf(sweep)) {
    const column = indexOf(columns, values[0]);
    const row = rows === null ? 0 : indexOf(rows, values[1]);
    const cell = members.get(row * width + column) ?? { runs: [], planned: 0 };
    members.set(row * width + column, cell);
    cell.planned++;
    const run = finished.get(trial);
    if (run) cell.runs.push(run);
  }
  const height = rows?.values.length ?? 1;
  const cells = Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (__, column): PhaseCell => {
      const { runs: here, planned } = members.get(row * width + column) ?? { runs: [], planned: 0 };
      const values = [columns.values[column] ?? null];
      if (rows !== null) values.push(rows.values[row] ?? null);
      const sorted = here.sort((a, b) => (a.trial?.trial ?? 0) - (b.trial?.trial ?? 0));
      return { column, row, values, runs: sorted, planned, ...majority(here) };
    }),
  );
  return { columns, rows, cells };
}

function indexOf({ values }: SweepAxis, value: AxisValue | undefined): number {
  const text = JSON.stringify(value);
  return values.findIndex((one) => JSON.stringify(one) === text);
}

function majority(runs: readonly RunRecord[]): Pick<PhaseCell, 'verdict' | 'agreeing'> {
  const counts = VERDICT_ORDER.map(
    (verdict) => runs.filter(({ judgement }) => judgement?.verdict === verdict).length,
  );
  const agreeing = Math.max(...counts);
  return {
    verdict: agreeing === 0 ? null : (VERDICT_ORDER[counts.indexOf(agreeing)] ?? null),
    agreeing,
  };
}

/** A statistic over the trials of a cell. */
export interface CellValue {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Null where no trial has the number. */
export function cellValue({ runs }: PhaseCell, metric: string): CellValue | null {
  const values = runs.flatMap((run) => metricOf(run, metric) ?? []);
  if (values.length === 0) return null;
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    low: Math.min(...values),
    high: Math.max(...values),
  };
}

/**
 * A number of a finished run: `loss`, `gradNorm` or `term:NODE` as they were at the last step, or one of `finalNumbers`. A name that is
 * the end of one alone, such as `encoder.out.effectiveRank` or `effectiveRank`, will do. Null where it has none.
 */
export function metricOf(run: RunRecord, name: string): number | null {
  const exact = Object.hasOwn(run.numbers, name) ? run.numbers[name] : undefined;
  if (exact !== undefined) return exact;
  const found = numbersOf(run, name);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** All numbers that a run has, by name: curves first. */
export function metricNames({ series, numbers }: RunRecord): readonly string[] {
  return [...series.map(({ name }) => name), ...Object.keys(numbers)];
}
