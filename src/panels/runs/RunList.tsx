import { Star } from 'lucide-react';
import { formatCount, formatNumber, plural } from '../../core/formatNumber';
import type { Course } from '../../runs/groupCurve';
import { CurveSwatch } from '../charts/CurveSwatch';
import type { MetricHistory } from '../../runs/metricHistory';
import { courseAt, lastValue, type CourseValue } from './runCurves';
import { RunMenu } from './RunMenu';
import type { RunRow } from './runRows';
import { RunStateMark } from './RunStateMark';
import styles from './RunList.module.css';
import { useRuns, useRunsActions } from './useRuns';

/** Lines of the list at most. */
const MOST_LISTED = 300;

interface RunListProps {
  readonly rows: readonly RunRow[];
  readonly courses: ReadonlyMap<string, Course>;
  /** Of the runs that are drawn. */
  readonly curves: ReadonlyMap<string, MetricHistory>;
  /** The step under the pointer. */
  readonly hovered: number | null;
}

/** The runs with what came of them, and the values of their curves where the pointer is. */
export function RunList({ rows, courses, curves, hovered }: RunListProps) {
  const { metric, search, scope, grouped } = useRuns(({ look }) => look);
  if (rows.length === 0) {
    return (
      <p className={styles.none}>
        {search === '' && scope !== null ? 'None of these runs is left.' : 'No run is found.'}
      </p>
    );
  }
  return (
    <div className={styles.scroller} tabIndex={0} role="group" aria-label="Runs">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" colSpan={2}>
              {plural(rows.length, grouped ? 'group' : 'run')}
            </th>
            <th
              scope="col"
              className={styles.number}
              data-tip="Where the pointer is in the chart, else at the last step"
            >
              {metric}
              <span>{hovered === null ? '' : ` at ${formatCount(hovered)}`}</span>
            </th>
            <th scope="col">Verdict</th>
            <th scope="col" className={styles.number}>
              Steps
            </th>
            <th scope="col" aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_LISTED).map((row) => (
            <Row
              key={row.key}
              row={row}
              course={courses.get(row.key) ?? null}
              curves={curves}
              hovered={hovered}
            />
          ))}
        </tbody>
      </table>
      {rows.length > MOST_LISTED && (
        <p className={styles.none}>
          The latest {MOST_LISTED} of {rows.length}: a search finds the others.
        </p>
      )}
    </div>
  );
}

interface RowProps {
  readonly row: RunRow;
  readonly course: Course | null;
  readonly curves: ReadonlyMap<string, MetricHistory>;
  readonly hovered: number | null;
}

function Row({ row, course, curves, hovered }: RowProps) {
  const { key, runs, first, style } = row;
  const actions = useRunsActions();
  const { hidden, metric, smoothing } = useRuns(({ look }) => look);
  const isChosen = useRuns(({ chosen }) => runs.some(({ id }) => id === chosen));
  const isHidden = hidden.has(key);
  const toggle = (): void => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    actions.setLook({ hidden: next });
  };
  const [only] = runs;
  const isGroup = runs.length > 1;
  const name = isGroup ? `${first.name} (${plural(runs.length, 'seed')})` : first.name;
  return (
    <tr className={styles.row} data-hidden={isHidden} data-chosen={isChosen} data-testid="run-row">
      <td className={styles.eye}>
        <button
          type="button"
          className={styles.swatch}
          aria-label={isHidden ? `Draw ${name}` : `Hide ${name}`}
          aria-pressed={!isHidden}
          data-tip={isHidden ? 'Draw its curve' : 'Hide its curve'}
          onClick={toggle}
        >
          <CurveSwatch style={style} />
        </button>
      </td>
      <th scope="row">
        <span className={styles.naming}>
          {only !== undefined && !isGroup && (
            <button
              type="button"
              className={styles.star}
              aria-label={only.starred ? `Unstar ${name}` : `Star ${name}`}
              aria-pressed={only.starred}
              onClick={() => actions.change(only.id, { starred: !only.starred })}
            >
              <Star size={13} strokeWidth={1.75} aria-hidden />
            </button>
          )}
          <button
            type="button"
            className={styles.name}
            aria-pressed={isChosen}
            onClick={() => actions.choose(isChosen ? null : first.id)}
          >
            {name}
          </button>
          {!isGroup && <span className={styles.seed}>seed {first.document.training.seed}</span>}
          {first.tags.map((tag) => (
            <span key={tag} className={styles.tag}>
              {tag}
            </span>
          ))}
        </span>
      </th>
      <td className={styles.number}>
        <Value
          value={
            hovered === null
              ? lastValue(row, curves, metric, smoothing)
              : course && courseAt(course, hovered, smoothing)
          }
          isRange={isGroup}
        />
      </td>
      <td>
        <RunStateMark runs={runs} />
      </td>
      <td className={styles.number}>{formatCount(first.step)}</td>
      <td className={styles.menu}>
        <RunMenu runs={runs} />
      </td>
    </tr>
  );
}

function Value({ value, isRange }: { value: CourseValue | null; isRange: boolean }) {
  if (value === null) return '–';
  if (!isRange) return formatNumber(value.mean);
  return (
    <>
      {formatNumber(value.mean)}
      <span className={styles.range}>
        {' '}
        {formatNumber(value.low)} … {formatNumber(value.high)}
      </span>
    </>
  );
}
