import { TriangleAlert, X } from 'lucide-react';
import { IconButton } from '../../editor/ui/IconButton';
import styles from './RunsPanel.module.css';
import { useRuns, useRunsActions } from './useRuns';

/** Why runs are not kept, or why something that was asked for was not done. */
export function RunFault() {
  const fault = useRuns((state) => state.fault);
  const { dismissFault } = useRunsActions();
  if (fault === null) return null;
  return (
    <div className={styles.fault} role="alert" data-severity={fault.severity}>
      <TriangleAlert size={15} strokeWidth={1.75} aria-hidden />
      <p>
        {fault.message} {fault.hint !== undefined && <span>{fault.hint}</span>}
      </p>
      <IconButton label="Dismiss" onClick={dismissFault}>
        <X size={14} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </div>
  );
}
