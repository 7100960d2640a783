import { useRun } from '../../panels/run/useRun';
import { formatWhole } from '../../core/formatNumber';
import styles from './TopBar.module.css';

/** How far the run is. */
export function RunProgress() {
  const { step, totalSteps } = useRun(({ step, totalSteps }) => ({ step, totalSteps }));
  return (
    <div
      className={styles.progress}
      role="progressbar"
      aria-label="Steps"
      aria-valuemin={0}
      aria-valuemax={totalSteps}
      aria-valuenow={Math.min(step, totalSteps)}
      aria-valuetext={`Step ${formatWhole(step)} of ${formatWhole(totalSteps)}`}
      data-testid="progress"
    >
      <span className={styles.steps}>
        <b>{formatWhole(step)}</b>
        <span className={styles.ofSteps}> / {formatWhole(totalSteps)}</span>
      </span>
      <span className={styles.track}>
        <span
          className={styles.fill}
          style={{ width: `${totalSteps === 0 ? 0 : Math.min(1, step / totalSteps) * 100}%` }}
        />
      </span>
    </div>
  );
}
