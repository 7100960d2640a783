import type { Described } from './statistic';

/** Numbers that are the same for all who look at them: how they are drawn is the page's affair. */
export interface Drawings {
  /** Deviations along the principal axes, descending. */
  spectrum: readonly number[];
  matrix: SquareMatrix;
  histograms: Histograms;
  pairs: PairHistogram;
  bars: readonly number[];
  steps: StepCurves | null;
}

/** A symmetric matrix over some of the dimensions. */
export interface SquareMatrix {
  /** Which dimensions, ascending. */
  readonly dimensions: readonly number[];
  /** Row-major. */
  readonly values: readonly number[];
}

/** One histogram a dimension, all over the same range. */
export interface Histograms {
  readonly dimensions: readonly number[];
  /** The range that the bins divide evenly. */
  readonly low: number;
  readonly high: number;
  /** `dimensions × BINS` counts, row-major. */
  readonly counts: readonly number[];
}

/** Two histograms over the same range. */
export interface PairHistogram {
  readonly low: number;
  readonly high: number;
  /** `BINS` counts of the energies of true pairs, and of others where there are any. */
  readonly data: readonly number[];
  readonly shuffled: readonly number[] | null;
}

/** Two curves over the steps of a sequence. */
export interface StepCurves {
  /** A number a step: of true pairs, and of others where there are any. */
  readonly data: readonly number[];
  readonly shuffled: readonly number[] | null;
}

/** What a report holds beside its statistics: arrays to be drawn. Its key in the table is its key in the report. */
export interface Evidence<
  Measured,
  Kind extends keyof Drawings,
  Value extends Drawings[Kind] | null = Drawings[Kind],
> extends Described {
  readonly drawing: Kind;
  /** Heading of its column in the table on the page, where it is drawn small. */
  readonly heading?: string;
  compute(measured: Measured): Value;
}

export type EvidenceTable<Measured> = Readonly<
  Record<string, Evidence<Measured, keyof Drawings, Drawings[keyof Drawings] | null>>
>;

/** The arrays of a table's evidence by key. */
export type EvidenceValues<Table extends EvidenceTable<never>> = {
  readonly [Key in keyof Table]: ReturnType<Table[Key]['compute']>;
};

export function computeEvidence<Measured, Table extends EvidenceTable<Measured>>(
  table: Table,
  measured: Measured,
): EvidenceValues<Table> {
  const entries = Object.entries(table).map(([key, { compute }]) => [key, compute(measured)]);
  return Object.fromEntries(entries) as EvidenceValues<Table>;
}

/** Of each kind, what there is to draw where nothing is known. */
const NOTHING: Drawings = {
  spectrum: [],
  matrix: { dimensions: [], values: [] },
  histograms: { dimensions: [], low: 0, high: 1, counts: [] },
  pairs: { low: 0, high: 1, data: [], shuffled: null },
  bars: [],
  steps: null,
};

/** What a report holds where nothing can be computed. */
export function unknownEvidence<Table extends EvidenceTable<never>>(
  table: Table,
): EvidenceValues<Table> {
  const entries = Object.entries(table).map(([key, { drawing }]) => [key, NOTHING[drawing]]);
  return Object.fromEntries(entries) as EvidenceValues<Table>;
}
