import { useStore } from '@xyflow/react';
import { GRID } from '../commands/addNode';
import styles from './Canvas.module.css';

/** Of dots, on the graph. */
const GAP = 3 * GRID;
const RADIUS = 0.75;

/**
 * Dots behind the graph, which tell its size and where it goes. A layer that is drawn once for each zoom and only moved when the graph is:
 * a pattern in SVG, drawn again for each frame, would take half of the time that a large graph has.
 */
export function CanvasDots() {
  const [x, y, zoom] = useStore((state) => state.transform);
  const gap = GAP * zoom;
  const radius = RADIUS * zoom;
  return (
    <div
      className={styles.dots}
      aria-hidden
      style={{
        width: `calc(100% + ${2 * gap}px)`,
        height: `calc(100% + ${2 * gap}px)`,
        backgroundImage: `radial-gradient(circle, var(--canvas-dot) ${radius}px, transparent ${radius + 0.5}px)`,
        backgroundSize: `${gap}px ${gap}px`,
        transform: `translate(${within(x, gap) - 1.5 * gap}px, ${within(y, gap) - 1.5 * gap}px)`,
      }}
    />
  );
}

/** A place in one tile, whatever its sign. */
function within(value: number, size: number): number {
  return ((value % size) + size) % size;
}
