import { ChartLine } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { formatNumber, formatWhole } from '../../core/formatNumber';
import { useEditor } from '../../editor/store/useEditor';
import { CurveSwatch } from '../charts/CurveSwatch';
import { curveStyles, PLAIN_STYLE } from '../charts/curveStyle';
import type { CurveStyle } from '../charts/curveStyle';
import { SaveFigure } from '../charts/SaveFigure';
import { StepChart } from '../charts/StepChart';
import type { StepRange } from '../charts/StepChart';
import { DockTools } from '../DockTools';
import { EmptyPanel } from '../EmptyPanel';
import { SaveMetrics } from '../run/SaveMetrics';
import type { MetricHistory } from '../../runs/metricHistory';
import type { SeriesInfo } from '../../runs/seriesInfo';
import { useRun } from '../run/useRun';
import { trainingCurves, valueAt } from './trainingCurves';
import type { StyledSeries } from './trainingCurves';
import { TrainingTools } from './TrainingTools';
import styles from './TrainingPanel.module.css';

const SYNC = 'training';
/** What has a chart of its own. */
const OWN_CHART: ReadonlySet<SeriesInfo['role']> = new Set(['gradient', 'rate']);
const GRADIENT_STYLE: CurveStyle = { ...PLAIN_STYLE, colour: '--text-muted' };

/** The objective, its terms, the norm of the gradient and, where it changes, the learning rate over the steps of the run. */
export function TrainingPanel() {
  const { series, metrics, edits } = useRun(({ series, metrics, edits }) => ({
    series,
    metrics,
    edits,
  }));
  const version = useRun(({ metricsVersion }) => metricsVersion);
  const title = useEditor(({ document }) => document.title);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [log, setLog] = useState(false);
  const [smoothing, setSmoothing] = useState(0);
  const [zoom, setZoom] = useState<StepRange | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const [width, setWidth] = useState(800);
  const panel = useRef<HTMLDivElement>(null);

  const styled = useMemo(() => withStyles(series), [series]);
  const objective = useMemo(() => styled.filter(({ role }) => !OWN_CHART.has(role)), [styled]);
  const gradient = useMemo(() => styled.filter(({ role }) => role === 'gradient'), [styled]);
  const rate = useMemo(() => styled.filter(({ role }) => role === 'rate'), [styled]);
  const options = useMemo(
    () => ({ smoothing, zoom, width, hidden }),
    [smoothing, zoom, width, hidden],
  );
  const drawn = useMemo(() => {
    // The history is one object for ever: its version says when it changed.
    void version;
    return {
      objective: trainingCurves(metrics, objective, options),
      gradient: trainingCurves(metrics, gradient, options),
      rate: rate.some(({ name }) => varies(metrics, name))
        ? trainingCurves(metrics, rate, options)
        : null,
    };
  }, [metrics, version, objective, gradient, rate, options]);

  const edited = useMemo(() => edits.map(({ step }) => step), [edits]);

  const toggle = useCallback((name: string) => {
    setHidden((before) => {
      const after = new Set(before);
      if (!after.delete(name)) after.add(name);
      return after;
    });
  }, []);

  if (metrics.length === 0) {
    return (
      <EmptyPanel icon={<ChartLine size={20} strokeWidth={1.5} aria-hidden />} title="No run yet">
        Run the graph to see its objective, every term and the norm of the gradient, step by step.
      </EmptyPanel>
    );
  }

  return (
    <div ref={panel} className={styles.panel}>
      <DockTools>
        <TrainingTools
          log={log}
          onLog={setLog}
          smoothing={smoothing}
          onSmoothing={setSmoothing}
          zoomed={zoom !== null}
          onShowAll={() => setZoom(null)}
        >
          <SaveMetrics title={title} metrics={metrics} series={styled} />
          <SaveFigure label="Save the charts" parts={() => [panel.current]} />
        </TrainingTools>
      </DockTools>
      <div className={styles.legend} role="group" aria-label="Curves">
        <span className={styles.step}>
          {hovered === null ? 'Latest' : `Step ${formatWhole(hovered)}`}
        </span>
        {styled.map(({ name, label, style }) => (
          <button
            key={name}
            type="button"
            className={styles.entry}
            aria-pressed={!hidden.has(name)}
            onClick={() => toggle(name)}
          >
            <CurveSwatch style={style} />
            <span className={styles.name}>{label}</span>
            <span className={styles.value}>
              {printed(valueAt(metrics, name, hovered, smoothing))}
            </span>
          </button>
        ))}
      </div>
      {edits.length > 0 && (
        <ul className={styles.edits} aria-label="Changes of the graph">
          {edits.map(({ step, message }) => (
            <li key={step}>
              <b>Step {formatWhole(step)}</b> {message}
            </li>
          ))}
        </ul>
      )}
      <div className={styles.charts} data-charts={drawn.rate === null ? 2 : 3}>
        {[
          { title: 'Objective', what: 'Objective and terms', data: drawn.objective },
          { title: 'Gradient norm', what: 'Norm of the gradient', data: drawn.gradient },
          ...(drawn.rate === null
            ? []
            : [{ title: 'Learning rate', what: 'Learning rate', data: drawn.rate }]),
        ].map(({ title, what, data }, index) => (
          <figure key={title} className={styles.chart}>
            <StepChart
              label={`${what} over ${metrics.nextStep} steps`}
              {...data}
              edits={edited}
              log={log}
              sync={SYNC}
              zoom={zoom}
              onZoom={setZoom}
              onHover={setHovered}
              // The first is as wide as curves are thinned out for.
              onWidth={index === 0 ? setWidth : undefined}
            />
            <figcaption>{title}</figcaption>
          </figure>
        ))}
      </div>
    </div>
  );
}

function withStyles(series: readonly SeriesInfo[]): StyledSeries[] {
  const looks = curveStyles(series.map(({ category }) => category));
  return series.map((one, index) => ({
    ...one,
    style: (OWN_CHART.has(one.role) ? null : looks[index]) ?? GRADIENT_STYLE,
  }));
}

/** Whether a curve is more than a line of one height. */
function varies(metrics: MetricHistory, name: string): boolean {
  const column = metrics.column(name);
  const [first] = column?.low ?? [];
  return (
    column !== null &&
    (column.low.some((value) => value !== first) || column.high.some((value) => value !== first))
  );
}

function printed(value: number | null): string {
  return value === null ? '–' : formatNumber(value);
}
