import type { Severity } from '../../core/diagnostic';
import type { Remedy } from '../../core/remedy';
import { RemedyButton } from '../problems/RemedyButton';
import { SEVERITY_ICONS } from '../ui/severityIcons';
import styles from './Inspector.module.css';

const NAMES: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  info: 'Remark',
};

export function SeverityIcon({ severity, size = 15 }: { severity: Severity; size?: number }) {
  const Icon = SEVERITY_ICONS[severity];
  return (
    <span
      className={styles.severity}
      data-severity={severity}
      role="img"
      aria-label={NAMES[severity]}
    >
      <Icon size={size} aria-hidden />
    </span>
  );
}

interface Finding {
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly remedy?: Remedy;
}

/** Faults and remarks with what to do about them, at the press of a button where one change does. */
export function DiagnosticList({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className={styles.findings}>
      {findings.map(({ severity, message, hint, remedy }, index) => (
        <li key={index} className={styles.finding} data-severity={severity}>
          <SeverityIcon severity={severity} />
          <div>
            <p>{message}</p>
            {hint !== undefined && <p className={styles.hint}>{hint}</p>}
            {remedy && <RemedyButton remedy={remedy} />}
          </div>
        </li>
      ))}
    </ul>
  );
}
