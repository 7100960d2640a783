import { Slider } from 'radix-ui';
import styles from './Smoothing.module.css';

interface SmoothingProps {
  /** Weight of the moving average for one step; 0 for none. */
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** How much curves are smoothed. */
export function Smoothing({ value, onChange }: SmoothingProps) {
  return (
    <label className={styles.smoothing}>
      <span>Smoothing</span>
      <Slider.Root
        className={styles.slider}
        min={0}
        max={0.99}
        step={0.01}
        value={[value]}
        onValueChange={([next]) => onChange(next ?? 0)}
      >
        <Slider.Track className={styles.track}>
          <Slider.Range className={styles.range} />
        </Slider.Track>
        <Slider.Thumb className={styles.thumb} aria-label="Smoothing" />
      </Slider.Root>
      <output>{value.toFixed(2)}</output>
    </label>
  );
}
