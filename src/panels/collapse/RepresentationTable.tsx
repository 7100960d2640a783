import type { ProbeReport } from '../../probing/report';
import { curveStyles, PLAIN_STYLE } from '../charts/curveStyle';
import { VerdictMark } from '../verdict/VerdictMark';
import { RankBar } from './RankBar';
import { SelectRow } from './SelectRow';
import { formatStatistic, healthyUnitRowStd } from './statistics';
import styles from './Collapse.module.css';

/** One row for each representation that is watched. */
export function RepresentationTable({ reps }: { reps: ProbeReport['reps'] }) {
  const rows = Object.entries(reps);
  if (rows.length === 0) return null;
  const looks = curveStyles(rows.map(() => 'module'));
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Representation</th>
          <th
            scope="col"
            className={styles.number}
            data-tip="Standard deviation over held-out rows: mean over dimensions, and the least"
          >
            Std mean <span>· min</span>
          </th>
          <th
            scope="col"
            className={styles.number}
            data-tip={
              'Deviation of the rows scaled to length 1\nHealthy is about 1/√D, collapsed is 0'
            }
          >
            Unit rows <span>· 1/√D</span>
          </th>
          <th
            scope="col"
            data-tip={
              'Effective rank (RankMe, centred) of the dimensions\nIt is scale-free: a collapsed output can look full-rank, so read it with the deviation'
            }
          >
            Effective rank
          </th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([key, rep], index) => (
          <SelectRow
            key={key}
            nodeId={rep.nodeId}
            label={rep.label}
            style={looks[index] ?? PLAIN_STYLE}
          >
            <td className={styles.number}>
              {formatStatistic(rep.meanStd)} <span>· {formatStatistic(rep.minStd)}</span>
            </td>
            <td className={styles.number}>
              {formatStatistic(rep.unitRowStd)}{' '}
              <span>· {formatStatistic(healthyUnitRowStd(rep.dim))}</span>
            </td>
            <td>
              <RankBar rank={rep.effectiveRank} dim={rep.dim} />
            </td>
            <td>
              <VerdictMark verdict={rep.verdict} reason={rep.reason} />
            </td>
          </SelectRow>
        ))}
      </tbody>
    </table>
  );
}
