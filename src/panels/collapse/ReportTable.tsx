import type { EvidenceTable } from '../../probing/statistics/evidence';
import type { Extent, StatisticTable } from '../../probing/statistics/statistic';
import type { Verdict } from '../../probing/report';
import { CurveSwatch } from '../charts/CurveSwatch';
import { curveStyles, PLAIN_STYLE } from '../charts/curveStyle';
import type { Standing } from '../verdict/standing';
import { VerdictMark } from '../verdict/VerdictMark';
import { Drawing, type ShownEvidence } from './Drawing';
import { SelectRow } from './SelectRow';
import {
  statisticColumns,
  statisticOf,
  statisticTip,
  type ShownStatistic,
} from './statisticColumns';
import { StatisticValue } from './StatisticValue';
import styles from './Collapse.module.css';

interface ReportRow {
  readonly label: string;
  readonly verdict: Verdict;
  readonly reason: string;
}

interface ReportTableProps {
  /** Of the first column: what the rows are. */
  readonly heading: string;
  readonly statistics: StatisticTable<never>;
  /** What of it has a column is drawn there. */
  readonly evidence: EvidenceTable<never>;
  /** By node id, or by port key. */
  readonly reports: Readonly<Record<string, ReportRow>>;
  /** Which colours the charts draw them in. */
  readonly role: 'module' | 'energy';
  /** The sizes of the representations, by the same keys. */
  readonly extents?: Readonly<Record<string, Extent>>;
  /** Rows in another order, and with room for those that another graph has and this one lacks. */
  readonly rows?: readonly TableRow[];
  /** How verdicts stand that are not of the latest report. */
  readonly standing?: Standing | undefined;
}

export interface TableRow {
  /** Node id, or port key. */
  readonly id: string;
  readonly label: string;
}

/** One row for each representation or energy that is watched, one column for each statistic. */
export function ReportTable(props: ReportTableProps) {
  const rows =
    props.rows ?? Object.entries(props.reports).map(([id, { label }]) => ({ id, label }));
  if (rows.length === 0) return null;
  const columns = statisticColumns(props.statistics);
  const drawn: [string, ShownEvidence][] = Object.entries(props.evidence);
  const drawings = drawn.filter(([, { heading }]) => heading !== undefined);
  const looks = curveStyles(rows.map(() => props.role));
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{props.heading}</th>
          {columns.map(({ key, statistic, beside }) => (
            <th
              key={key}
              scope="col"
              className={isBar(statistic) ? undefined : styles.number}
              data-tip={[statistic, ...beside.map(([, other]) => other)]
                .map(statisticTip)
                .join('\n')}
            >
              {statistic.heading}
              {[...beside.map(([, other]) => other.heading), statistic.reference?.symbol]
                .filter((text) => text !== undefined)
                .map((text) => (
                  <span key={text}> · {text}</span>
                ))}
            </th>
          ))}
          {drawings.map(([key, evidence]) => (
            <th
              key={key}
              scope="col"
              className={props.extents && styles.drawn}
              data-tip={statisticTip(evidence)}
            >
              {evidence.heading}
            </th>
          ))}
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, label }, index) => {
          const report = props.reports[id];
          const style = looks[index] ?? PLAIN_STYLE;
          if (report === undefined) {
            return (
              <tr key={id} className={styles.absent}>
                <th scope="row">
                  <span className={styles.jump}>
                    <CurveSwatch style={style} />
                    <span>{label}</span>
                  </span>
                </th>
                <td colSpan={columns.length + drawings.length + 1}>not in this graph</td>
              </tr>
            );
          }
          return (
            <SelectRow key={id} nodeId={id.split('.')[0] ?? id} label={report.label} style={style}>
              {columns.map(({ key, statistic, beside }) => (
                <td key={key} className={isBar(statistic) ? undefined : styles.number}>
                  <StatisticValue
                    statistic={statistic}
                    value={statisticOf(report, key)}
                    beside={beside.map(([other]) => statisticOf(report, other))}
                    extent={props.extents?.[id] ?? null}
                  />
                </td>
              ))}
              {drawings.map(([key, evidence]) => (
                <td key={key} className={props.extents && styles.drawn}>
                  <Drawing
                    id={key}
                    evidence={evidence}
                    report={report}
                    size="small"
                    label={report.label}
                  />
                </td>
              ))}
              <td>
                <VerdictMark
                  verdict={report.verdict}
                  reason={report.reason}
                  standing={props.standing}
                />
              </td>
            </SelectRow>
          );
        })}
      </tbody>
    </table>
  );
}

function isBar({ bound, level }: ShownStatistic): boolean {
  return bound !== undefined || level !== undefined;
}
