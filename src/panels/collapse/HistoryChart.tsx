import { StepChart } from '../charts/StepChart';
import styles from './Collapse.module.css';
import type { ReportChart } from './reportSeries';

interface HistoryChartProps {
  readonly chart: ReportChart;
  /** The step that is looked at; null where that is the latest. */
  readonly mark: number | null;
  /** Values that the axis has room for. */
  readonly including?: readonly number[];
}

/** How a statistic moved over the evaluations of a run. */
export function HistoryChart({ chart, mark, including = NONE }: HistoryChartProps) {
  const { title, hint, steps, curves } = chart;
  return (
    <figure className={styles.figure}>
      <figcaption data-tip={hint}>{title}</figcaption>
      <div className={styles.chart}>
        <StepChart
          label={`${title} over ${steps.length} evaluations`}
          steps={steps}
          curves={curves}
          mark={mark}
          including={including}
        />
      </div>
    </figure>
  );
}

const NONE: readonly number[] = [];
