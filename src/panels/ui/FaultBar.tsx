import { TriangleAlert, X } from 'lucide-react';
import type { Diagnostic } from '../../core/diagnostic';
import { IconButton } from '../../editor/ui/IconButton';
import styles from './FaultBar.module.css';

/** Above a panel: why something was not done, until it is dismissed or past. */
export function FaultBar({
  fault,
  onDismiss,
}: {
  fault: Diagnostic | null;
  onDismiss: () => void;
}) {
  if (fault === null) return null;
  return (
    <div className={styles.fault} role="alert" data-severity={fault.severity}>
      <TriangleAlert size={15} strokeWidth={1.75} aria-hidden />
      <p>
        {fault.message} {fault.hint}
      </p>
      <IconButton label="Dismiss" onClick={onDismiss}>
        <X size={14} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </div>
  );
}
