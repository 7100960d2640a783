import type { ReactNode } from 'react';
import styles from './Collapse.module.css';

/** What stands beside the tables, or instead of them. */
export const ASIDES = {
  run: 'Over the run',
  details: 'Details',
  comparison: 'Before and after',
} as const;

export type Aside = keyof typeof ASIDES;

interface AsideSwitchProps {
  readonly value: Aside;
  onChange(value: Aside): void;
  /** What else is chosen there. */
  readonly children?: ReactNode;
}

export function AsideSwitch({ value, onChange, children }: AsideSwitchProps) {
  return (
    <div className={styles.switch} role="group" aria-label="Beside the tables">
      {Object.entries(ASIDES).map(([id, name]) => (
        <button
          key={id}
          type="button"
          aria-pressed={value === id}
          // A picture has what is shown as its heading, and nothing to press.
          data-figure={value === id ? undefined : 'none'}
          onClick={() => onChange(id as Aside)}
        >
          {name}
        </button>
      ))}
      {children}
    </div>
  );
}
