import type { Diagnostic } from '../../core/diagnostic';
import { SeverityIcon } from '../../editor/inspector/DiagnosticList';
import styles from './Data.module.css';

interface FaultListProps {
  /** That what was chosen is not what the document names. */
  readonly other: string | null;
  readonly faults: readonly Diagnostic[];
}

/** What is to be known of files before they are used. */
export function FaultList({ other, faults }: FaultListProps) {
  return (
    <>
      {other !== null && (
        <p className={styles.fault} data-severity="warning">
          <SeverityIcon severity="warning" />
          <span>{other} It can be used as new data.</span>
        </p>
      )}
      {faults.map(({ severity, message, hint }) => (
        <p key={message} className={styles.fault} data-severity={severity} role="alert">
          <SeverityIcon severity={severity} />
          <span>
            {message} {hint}
          </span>
        </p>
      ))}
    </>
  );
}
