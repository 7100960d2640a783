import type { Described, Statistic, StatisticTable } from '../../probing/statistics/statistic';

/** A statistic without what computes it: how it is shown. */
export type ShownStatistic = Omit<Statistic<never, number | null>, 'compute'>;

export interface StatisticColumn {
  readonly key: string;
  readonly statistic: ShownStatistic;
  /** Printed after it in the same column. */
  readonly beside: readonly (readonly [key: string, statistic: ShownStatistic])[];
}

/** The columns of a table on the page. */
export function statisticColumns(table: StatisticTable<never>): StatisticColumn[] {
  const entries: [string, ShownStatistic][] = Object.entries(table);
  return entries.flatMap(([key, statistic]) =>
    statistic.table === 'column'
      ? [{ key, statistic, beside: entries.filter(([, other]) => isBeside(other, key)) }]
      : [],
  );
}

function isBeside({ table }: ShownStatistic, key: string): boolean {
  return typeof table === 'object' && table.beside === key;
}

/** A statistic of a report by key; null where the report has none. */
export function statisticOf(report: object, key: string): number | null {
  const value: unknown = (report as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'number' ? value : null;
}

/** What a heading explains: what it is, and what is healthy. */
export function statisticTip({ title, help, healthy }: Described): string {
  return [title, help, healthy].join('\n');
}
