import styles from './GraphNode.module.css';

const WIDTH = 36;
const HEIGHT = 14;

interface TraceProps {
  readonly values: readonly number[];
  /** Where each of them stands, ascending; evenly, where that is not said. */
  readonly at?: readonly number[];
}

/** A small curve without axes. Values that are not finite are left out. */
export function Trace({ values, at }: TraceProps) {
  const finite = values
    .map((value, index) => ({ value, place: at?.[index] ?? index }))
    .filter(({ value }) => Number.isFinite(value));
  const numbers = finite.map(({ value }) => value);
  const least = Math.min(...numbers);
  const span = Math.max(...numbers) - least || 1;
  const first = finite[0]?.place ?? 0;
  const length = (finite.at(-1)?.place ?? 0) - first || 1;
  const points = finite
    .map(({ value, place }) => {
      const x = ((place - first) / length) * WIDTH;
      return `${x.toFixed(1)},${(HEIGHT - 1 - ((value - least) / span) * (HEIGHT - 2)).toFixed(1)}`;
    })
    .join(' ');
  return (
    <svg
      className={styles.trace}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      width={WIDTH}
      height={HEIGHT}
      aria-hidden
    >
      <polyline points={points} />
    </svg>
  );
}
