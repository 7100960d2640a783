import { useMemo } from 'react';
import { CurveSwatch } from '../charts/CurveSwatch';
import type { Curve } from '../charts/curve';
import { StepChart } from '../charts/StepChart';
import styles from './Sequence.module.css';
import type { SequenceChartData } from './sequenceCharts';

interface SequenceChartProps {
  readonly chart: SequenceChartData;
  /** Steps of a sequence. */
  readonly steps: number;
  readonly step: number;
  /** Probes that are not drawn. */
  readonly hidden: readonly string[];
  readonly onStep: (step: number) => void;
}

const ZERO: readonly number[] = [0];

/** Curves over the steps of a sequence, each at its own stride; a click moves the step that is looked at. */
export function SequenceChart({ chart, steps, step, hidden, onStep }: SequenceChartProps) {
  const numbers = useMemo(() => Array.from({ length: steps }, (_, at) => at + 1), [steps]);
  const curves = useMemo(
    () =>
      chart.lines.map(({ label, style, frames, values, probe, isOwn }): Curve => ({
        ...{ label, style, joined: true, marked: isOwn },
        visible: probe === null || !hidden.includes(probe),
        points: numbers.map((number) => values[frames.indexOf(number - 1)] ?? null),
      })),
    [chart, hidden, numbers],
  );
  return (
    <figure className={styles.figure}>
      <div className={styles.chart}>
        <StepChart
          label={`${chart.title}: ${chart.measure}, over ${steps} steps`}
          steps={numbers}
          curves={curves}
          mark={step + 1}
          including={ZERO}
          onPick={(number) => onStep(Math.max(0, Math.min(steps - 1, number - 1)))}
        />
      </div>
      <figcaption>
        <span>{chart.measure}</span>
        {chart.lines
          .filter(({ probe }) => probe === null)
          .map(({ label, style }) => (
            <span key={label}>
              <CurveSwatch style={style} /> {label}
            </span>
          ))}
        {chart.lines.some(({ probe }) => probe !== null) && (
          <span>marked: this sequence · dotted: mean of all</span>
        )}
      </figcaption>
    </figure>
  );
}
