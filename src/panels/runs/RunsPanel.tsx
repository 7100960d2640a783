import { History } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { plural } from '../../core/formatNumber';
import type { Course } from '../../runs/groupCurve';
import { SaveFigure } from '../charts/SaveFigure';
import { StepChart, type StepRange } from '../charts/StepChart';
import { DockTools } from '../DockTools';
import { EmptyPanel } from '../EmptyPanel';
import { Button } from '../ui/Button';
import { RunDetails } from './RunDetails';
import { RunFault } from './RunFault';
import { overlayCurves, rowCourse } from './runCurves';
import { RunList } from './RunList';
import { metricLabels, runRows, type RunRow } from './runRows';
import { RunsFilter, RunsTools } from './RunsTools';
import styles from './RunsPanel.module.css';
import { useRuns, useRunsActions } from './useRuns';

/** So many curves can be told apart, if that. */
const MOST_DRAWN = 40;

/** Every run that was recorded: found, compared, drawn over each other, and taken up again. */
export function RunsPanel() {
  const actions = useRunsActions();
  const { runs, look, chosen } = useRuns(({ runs, look, chosen }) => ({ runs, look, chosen }));
  useEffect(() => actions.watch(), [actions]);
  const chart = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => runRows(runs ?? [], look), [runs, look]);
  const drawn = useMemo(
    () => rows.filter(({ key }) => !look.hidden.has(key)).slice(0, MOST_DRAWN),
    [rows, look.hidden],
  );
  useEffect(() => {
    actions.want(drawn.flatMap((row) => row.runs.map(({ id }) => id)));
  }, [actions, drawn]);

  if (runs === null || runs.length === 0) {
    return (
      <div className={styles.empty}>
        <RunFault />
        <EmptyPanel
          icon={<History size={20} strokeWidth={1.5} aria-hidden />}
          title={runs === null ? 'The runs are being read' : 'No runs yet'}
          actions={<Button onClick={actions.load}>Import runs…</Button>}
        >
          Every run is recorded in this browser while it trains, with its graph, its curves, its
          verdicts and its weights: to be compared, restored and gone on with.
        </EmptyPanel>
      </div>
    );
  }
  const run = runs.find(({ id }) => id === chosen);
  return (
    <div className={styles.panel} data-detail={run !== undefined}>
      <DockTools>
        <RunsTools runs={runs} rows={rows}>
          <SaveFigure label="Save the curves as a picture" parts={() => [chart.current]} />
        </RunsTools>
      </DockTools>
      <div className={styles.listing}>
        <RunFault />
        <RunsFilter metrics={metricLabels(runs)} />
        <Chart box={chart} rows={rows} drawn={drawn} />
      </div>
      {run !== undefined && <RunDetails key={run.id} run={run} runs={runs} />}
    </div>
  );
}

interface ChartProps {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly rows: readonly RunRow[];
  readonly drawn: readonly RunRow[];
}

/** The list, which is the legend, beside the chart. */
function Chart({ box, rows, drawn }: ChartProps) {
  const { look, curves } = useRuns(({ look, curves }) => ({ look, curves }));
  const [zoom, setZoom] = useState<StepRange | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const [width, setWidth] = useState(600);
  const { metric, smoothing, hidden, log } = look;
  const courses = useMemo(
    () =>
      new Map(
        rows.flatMap((row): [string, Course][] => {
          const course = rowCourse(row, curves, metric);
          return course === null ? [] : [[row.key, course]];
        }),
      ),
    [rows, curves, metric],
  );
  const overlay = useMemo(
    () => overlayCurves(drawn, courses, { metric, smoothing, width, hidden }),
    [drawn, courses, metric, smoothing, width, hidden],
  );
  const hover = useCallback((step: number | null) => setHovered(step), []);
  const visible = rows.filter(({ key }) => !hidden.has(key)).length;
  return (
    <div ref={box} className={styles.parts}>
      <RunList rows={rows} courses={courses} curves={curves} hovered={hovered} />
      <figure className={styles.chart}>
        <StepChart
          label={`${metric} of ${plural(drawn.length, look.grouped ? 'group' : 'run')}`}
          {...overlay}
          log={log}
          zoom={zoom}
          onZoom={setZoom}
          onHover={hover}
          onWidth={setWidth}
        />
        <figcaption>
          {metric}
          {visible > drawn.length && ` · the latest ${drawn.length} of ${visible}`}
        </figcaption>
      </figure>
    </div>
  );
}
