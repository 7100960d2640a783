import { formatNumber } from '../../core/formatNumber';
import { viridis } from '../landscape/viridis';
import { ClassSwatch } from './ClassSwatch';
import styles from './EmbeddingAside.module.css';

interface ClassLegendProps {
  /** Classes there are points of, ascending. */
  readonly classes: readonly number[];
  readonly onChoose: (label: number, adds: boolean) => void;
}

/** The classes of the data; choosing one selects its points. */
export function ClassLegend({ classes, onChoose }: ClassLegendProps) {
  return (
    <div className={styles.legend} role="group" aria-label="Classes">
      {classes.map((label) => (
        <button
          key={label}
          type="button"
          className={styles.entry}
          aria-label={`Select class ${label}`}
          onClick={(event) => onChoose(label, event.ctrlKey || event.metaKey)}
        >
          <ClassSwatch label={label} />
          {label}
        </button>
      ))}
    </div>
  );
}

const GRADIENT = Array.from({ length: 11 }, (_, index) => {
  const [red, green, blue] = viridis(index / 10);
  return `rgb(${red} ${green} ${blue})`;
}).join(', ');

interface ScalarLegendProps {
  readonly name: string;
  readonly range: readonly [number, number];
}

/** The numbers that colours stand for; beyond the ends lie 2 % of the points each. */
export function ScalarLegend({ name, range: [low, high] }: ScalarLegendProps) {
  return (
    <div
      className={styles.scale}
      role="img"
      aria-label={`${name} from ${formatNumber(low)} to ${formatNumber(high)}`}
    >
      <span>{name}</span>
      <span
        className={styles.bar}
        style={{ background: `linear-gradient(to right, ${GRADIENT})` }}
      />
      <span className={styles.ends}>
        <span>{formatNumber(low)}</span>
        <span>{formatNumber(high)}</span>
      </span>
    </div>
  );
}
