import { formatWhole } from '../../core/formatNumber';
import styles from './Collapse.module.css';
import type { ReportLook } from './useReportAt';

/** Moves everything in the panel through the evaluations of the run. */
export function StepScrubber({ all, index, report, isLatest, show }: ReportLook) {
  return (
    <span className={styles.scrubber}>
      {all.length > 1 && (
        <input
          type="range"
          min={0}
          max={all.length - 1}
          value={index}
          aria-label="Evaluation of the run"
          aria-valuetext={`Step ${formatWhole(report.step)}`}
          data-tip={
            isLatest ? 'Drag to look at earlier evaluations' : 'Drag to the end to follow the run'
          }
          onChange={(event) => show(event.currentTarget.valueAsNumber)}
        />
      )}
      <span className={styles.when}>Step {formatWhole(report.step)} · held-out data</span>
    </span>
  );
}
