import { useLayoutEffect, useRef, type PointerEvent } from 'react';
import { PictureGrid } from '../charts/PictureGrid';
import styles from './Sequence.module.css';

interface FilmstripProps {
  readonly shape: readonly [number, number, number];
  /** Of one sequence. */
  readonly values: Float32Array;
  readonly steps: number;
  readonly step: number;
  readonly onStep: (step: number) => void;
}

const SIDE = 40;
const LIMITS = [0, 1] as const;
/** With the gap that `PictureGrid` leaves. */
const CELL = SIDE + 3;

/** All pictures of a sequence side by side; the one that is looked at has a frame. */
export function Filmstrip({ shape, values, steps, step, onStep }: FilmstripProps) {
  const current = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [step]);
  const go = (next: number): void => onStep(Math.max(0, Math.min(steps - 1, next)));
  const pointed = ({ clientX, currentTarget }: PointerEvent<HTMLElement>): void => {
    const { left } = currentTarget.getBoundingClientRect();
    go(Math.floor((clientX - left + currentTarget.scrollLeft) / CELL));
  };
  return (
    <div
      className={styles.film}
      role="slider"
      tabIndex={0}
      aria-label="Film"
      aria-valuemin={1}
      aria-valuemax={steps}
      aria-valuenow={step + 1}
      onKeyDown={(event) => {
        const by = KEYS[event.key];
        if (by === undefined) return;
        event.preventDefault();
        go(step + by);
      }}
      onPointerDown={pointed}
      onPointerMove={(event) => {
        if (event.buttons === 1) pointed(event);
      }}
    >
      <div className={styles.reel}>
        <PictureGrid
          {...{ shape, values, limits: LIMITS, side: SIDE, across: steps }}
          label={`${steps} pictures`}
        />
        <span ref={current} className={styles.current} style={{ left: step * CELL, width: CELL }} />
      </div>
    </div>
  );
}

const KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  Home: -Infinity,
  End: Infinity,
};
