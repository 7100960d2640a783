import type { DrawingProps } from './drawing';
import styles from './Drawings.module.css';

const SIZES = { small: [60, 18], large: [136, 112] } as const;
/** The scale is always the same, so that drawings can be compared: powers of ten of a deviation. */
const LEAST = -4;
const MOST = 1;
/** Earlier spectra at most, evenly chosen. */
const TRACES = 6;
const LEFT = 28;

/** Deviations along the principal axes on a logarithmic scale; large, with what they were before. */
export function SpectrumDrawing({ value, earlier, size, label }: DrawingProps<'spectrum'>) {
  const [width, height] = SIZES[size];
  const left = size === 'large' ? LEFT : 0;
  const place = (deviation: number): number => {
    const power = Math.min(MOST, Math.max(LEAST, Math.log10(Math.max(deviation, 1e-12))));
    return 1 + ((MOST - power) / (MOST - LEAST)) * (height - 2);
  };
  const line = (spectrum: readonly number[]): string =>
    spectrum
      .map((deviation, index) => {
        const x = left + ((index + 0.5) / spectrum.length) * (width - left);
        return `${x.toFixed(1)},${place(deviation).toFixed(1)}`;
      })
      .join(' ');
  const traces = evenly(earlier, TRACES);
  return (
    <svg className={styles.drawing} width={width} height={height} role="img" aria-label={label}>
      {size === 'large' &&
        [MOST, 0, -1, -2, -3, LEAST].map((power) => (
          <g key={power}>
            <line
              className={styles.grid}
              x1={left}
              x2={width}
              y1={place(10 ** power)}
              y2={place(10 ** power)}
            />
            <text
              className={styles.tick}
              x={left - 4}
              y={place(10 ** power)}
              textAnchor="end"
              dominantBaseline={power === MOST ? 'hanging' : power === LEAST ? 'auto' : 'middle'}
            >
              {10 ** power < 0.01 ? `10${'⁻'}${power === -3 ? '³' : '⁴'}` : 10 ** power}
            </text>
          </g>
        ))}
      {size === 'small' && (
        <line className={styles.grid} x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
      )}
      {size === 'large' &&
        traces.map((spectrum, index) => (
          <polyline
            key={index}
            className={styles.trace}
            points={line(spectrum)}
            opacity={0.15 + (0.45 * (index + 1)) / traces.length}
          />
        ))}
      <polyline className={styles.line} points={line(value)} />
    </svg>
  );
}

function evenly<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from(
    { length: count },
    (_, i) => items[Math.floor((i * items.length) / count)],
  ).flatMap((item) => (item === undefined ? [] : [item]));
}
