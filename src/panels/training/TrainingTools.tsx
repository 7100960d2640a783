import { ZoomOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../editor/ui/IconButton';
import { Smoothing } from '../charts/Smoothing';
import styles from './TrainingTools.module.css';

interface TrainingToolsProps {
  readonly log: boolean;
  readonly onLog: (log: boolean) => void;
  readonly smoothing: number;
  readonly onSmoothing: (smoothing: number) => void;
  readonly zoomed: boolean;
  readonly onShowAll: () => void;
  /** What saves the curves. */
  readonly children: ReactNode;
}

/** How the curves are shown, and how they are taken away. */
export function TrainingTools(props: TrainingToolsProps) {
  return (
    <div className={styles.tools}>
      {props.zoomed && (
        <IconButton label="Show all steps" onClick={props.onShowAll}>
          <ZoomOut size={15} strokeWidth={1.75} aria-hidden />
        </IconButton>
      )}
      <Smoothing value={props.smoothing} onChange={props.onSmoothing} />
      <button
        type="button"
        className={styles.toggle}
        aria-pressed={props.log}
        data-tip="Logarithmic scale"
        onClick={() => props.onLog(!props.log)}
      >
        Log
      </button>
      {props.children}
    </div>
  );
}
