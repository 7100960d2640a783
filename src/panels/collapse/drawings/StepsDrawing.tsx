import { formatNumber } from '../../../core/formatNumber';
import type { StepCurves } from '../../../probing/statistics/evidence';
import type { DrawingProps } from './drawing';
import styles from './Drawings.module.css';

const SIZES = { small: [104, 18], large: [240, 112] } as const;
/** Room for a point at the edge. */
const MARGIN = 4;

/** A curve over the steps of a sequence, a point a step, and that of other pairs; the ground is zero, or what is below it. */
export function StepsDrawing({ value, size, label }: DrawingProps<'steps'>) {
  if (!value) return null;
  const [width, height] = SIZES[size];
  const { data, shuffled } = value;
  const [low, high] = rangeOf(value);
  const place = (number: number, step: number): string => {
    const x = MARGIN + (step / Math.max(1, data.length - 1)) * (width - 2 * MARGIN);
    const y = MARGIN + ((high - number) / (high - low || 1)) * (height - 2 * MARGIN);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  };
  const points = data.map(place);
  return (
    <figure className={styles.pairs}>
      <svg className={styles.drawing} width={width} height={height} role="img" aria-label={label}>
        <line className={styles.grid} x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
        {shuffled && (
          <polyline className={styles.otherPairs} points={shuffled.map(place).join(' ')} />
        )}
        <polyline className={styles.trueSteps} points={points.join(' ')} />
        {points.map((point) => {
          const [x, y] = point.split(',');
          return <circle key={point} className={styles.step} cx={x} cy={y} r={1.75} />;
        })}
      </svg>
      {size === 'large' && (
        <figcaption className={styles.range} style={{ width }}>
          <span>
            step 1: {formatNumber(data[0] ?? NaN)}
            {data.length > 1 && `, ${data.length}: ${formatNumber(data.at(-1) ?? NaN)}`}
          </span>
          <span className={styles.legend}>
            <i data-pairs="true" /> <span>true</span> {shuffled && <i data-pairs="other" />}{' '}
            {shuffled && <span>others</span>}
          </span>
        </figcaption>
      )}
    </figure>
  );
}

/** Least and greatest of both, zero among them. */
function rangeOf({ data, shuffled }: StepCurves): readonly [number, number] {
  const all = [0, ...data, ...(shuffled ?? [])].filter(Number.isFinite);
  return [Math.min(...all), Math.max(...all)];
}
