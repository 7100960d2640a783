import type { ProbeReport } from '../../probing/report';
import {
  ENERGY_STATISTICS,
  INFERENCE_STATISTICS,
  LATENT_STATISTICS,
  MODULE_STATISTICS,
  REPRESENTATION_STATISTICS,
  TERM_STATISTICS,
} from '../../probing/statistics';
import type { StatisticTable } from '../../probing/statistics/statistic';
import { csvText } from '../run/metricsCsv';
import { statisticOf } from './statisticColumns';

type Reports = Readonly<Record<string, { readonly label: string; readonly verdict?: string }>>;

interface Column {
  readonly header: string;
  cell(report: ProbeReport): string | number | null;
}

/** One row for each evaluation of a run: every statistic and verdict of everything that is in its reports. */
export function reportCsv(reports: readonly ProbeReport[]): string {
  const latest = reports.at(-1);
  if (latest === undefined) return csvText(['step'], []);
  const columns = [
    ...columnsOf(latest.reps, REPRESENTATION_STATISTICS, ({ reps }) => reps),
    ...columnsOf(latest.energies, ENERGY_STATISTICS, ({ energies }) => energies),
    ...columnsOf(latest.inference, INFERENCE_STATISTICS, ({ inference }) => inference),
    ...columnsOf(latest.latents, LATENT_STATISTICS, ({ latents }) => latents),
    ...columnsOf(latest.modules ?? {}, MODULE_STATISTICS, ({ modules = {} }) => modules),
    ...Object.keys(latest.gradientShares ?? {}).flatMap((key) => {
      const sharesAt = ({ gradientShares = {} }: ProbeReport): Reports =>
        new Map<string, Reports>(Object.entries(gradientShares)).get(key) ?? {};
      return columnsOf(sharesAt(latest), TERM_STATISTICS, sharesAt, ` at ${key}`);
    }),
    { header: 'verdict', cell: ({ verdict }: ProbeReport) => verdict },
  ];
  return csvText(
    ['step', ...columns.map(({ header }) => header)],
    reports.map((report) => [report.step, ...columns.map(({ cell }) => cell(report))]),
  );
}

function columnsOf(
  latest: Reports,
  table: StatisticTable<never>,
  part: (report: ProbeReport) => Reports,
  place = '',
): Column[] {
  return Object.entries(latest).flatMap(([id, { label, verdict }]) => {
    const name = `${label} (${id})${place}`;
    return [
      ...Object.keys(table).map((key) => ({
        header: `${name} ${key}`,
        cell: (report: ProbeReport) => {
          const own = part(report)[id];
          return own === undefined ? null : statisticOf(own, key);
        },
      })),
      ...(verdict === undefined
        ? []
        : [
            {
              header: `${name} verdict`,
              cell: (report: ProbeReport) => part(report)[id]?.verdict ?? null,
            },
          ]),
    ];
  });
}
