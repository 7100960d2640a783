/** The size of what a statistic describes. */
export interface Extent {
  readonly rows: number;
  readonly dim: number;
}

/** A curve of the statistic over the evaluations of a run. */
export interface StatisticChart {
  readonly title: string;
  /** One sentence on how to read it. */
  readonly hint: string;
}

/** What anything in the report is, in words and TeX. */
export interface Described {
  readonly title: string;
  /** TeX. */
  readonly symbol: string;
  /** TeX, what the symbol is equal to. */
  readonly formula: string;
  /** Where the definition comes from. */
  readonly source: string;
  /** What it is computed from. */
  readonly reads: string;
  readonly unit: string;
  /** What it tells, in one sentence. */
  readonly help: string;
  /** What it is when all is well, in one sentence. */
  readonly healthy: string;
}

/**
 * One statistic of the report: what it is and how it is computed and shown. Its key in the table is its key in the
 * report, in the JSON of `basin probe` and in the CSV file.
 */
export interface Statistic<Measured, Value extends number | null = number> extends Described {
  /** Heading of its column on the page. */
  readonly heading: string;
  /** It counts something: written without decimals. */
  readonly isCount?: boolean;
  /** The most that it can be: it is drawn as a part of that. */
  bound?(extent: Extent): number;
  /** It is drawn as a bar that this much fills. */
  readonly level?: number;
  /** A value to compare it with, printed beside it under this symbol. */
  readonly reference?: { readonly symbol: string; value(extent: Extent): number };
  /** In the table on the page: a column of its own, or after the number of another statistic. */
  readonly table?: 'column' | { readonly beside: string };
  /** Whether it is among what the inspector says of one node. */
  readonly detail?: boolean;
  /** Heading of its column in the text that `basin probe` prints. */
  readonly textColumn?: string;
  readonly chart?: StatisticChart;
  compute(measured: Measured): Value;
}

export type StatisticTable<Measured> = Readonly<Record<string, Statistic<Measured, number | null>>>;

/** The values of a table's statistics by key. */
export type StatisticValues<Table extends StatisticTable<never>> = {
  readonly [Key in keyof Table]: ReturnType<Table[Key]['compute']>;
};

export function computeStatistics<Measured, Table extends StatisticTable<Measured>>(
  table: Table,
  measured: Measured,
): StatisticValues<Table> {
  return mapped(table, (statistic) => statistic.compute(measured));
}

/** What a report says where nothing can be computed. */
export function unknownStatistics<Table extends StatisticTable<never>>(
  table: Table,
): StatisticValues<Table> {
  return mapped(table, () => NaN);
}

function mapped<Table extends StatisticTable<never>>(
  table: Table,
  value: (statistic: Table[keyof Table]) => number | null,
): StatisticValues<Table> {
  const entries = Object.entries(table).map(([key, statistic]) => [
    key,
    value(statistic as Table[keyof Table]),
  ]);
  return Object.fromEntries(entries) as StatisticValues<Table>;
}
