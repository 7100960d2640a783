import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/IconButton';
import styles from './fields.module.css';

interface FieldRowProps {
  readonly id: string;
  readonly label: string;
  readonly description?: string | null;
  readonly unit?: string | null;
  readonly live?: boolean;
  /** Label above the control, for controls that want the width. */
  readonly stacked?: boolean;
  /** Faults that the analysis found in the value. */
  readonly errors?: readonly string[];
  /** Given when the value differs from its default. */
  readonly onReset?: (() => void) | null;
  readonly children: ReactNode;
}

/** A label, its control, and what is wrong with the value. */
export function FieldRow(props: FieldRowProps) {
  const { id, label, description, unit, live, stacked, errors = [], onReset, children } = props;
  return (
    <div className={styles.row} data-stacked={stacked}>
      <div className={styles.labelCell}>
        <label htmlFor={id} className={styles.label} data-tip={description ?? undefined}>
          <span>{label}</span>
          {unit && <span className={styles.unit}> {unit}</span>}
        </label>
        {live && (
          <span className={styles.live} data-tip="Changes while training, without compiling again.">
            live
          </span>
        )}
        {onReset && (
          <IconButton
            className={styles.reset}
            label={`Reset ${label} to its default`}
            onClick={onReset}
          >
            <RotateCcw size={12} aria-hidden />
          </IconButton>
        )}
      </div>
      <div className={styles.controlCell}>{children}</div>
      {description && (
        <span id={`${id}-help`} hidden>
          {description}
        </span>
      )}
      {errors.map((error) => (
        <p key={error} className={styles.error} role="alert">
          {error}
        </p>
      ))}
    </div>
  );
}
