import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Severity } from '../../core/diagnostic';
import { IconButton } from '../../editor/ui/IconButton';
import type { Notice } from '../page/notice';
import { SEVERITY_ICONS } from '../../editor/ui/severityIcons';
import styles from './Banner.module.css';

interface BannerProps {
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly details?: Notice['details'];
  /** What can be done about it. */
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
}

/** One line over the canvas about something that the user should know and may act on. */
export function Banner({ severity, message, hint, details, actions, onDismiss }: BannerProps) {
  const Icon = SEVERITY_ICONS[severity];
  return (
    <div
      className={styles.banner}
      data-severity={severity}
      role={severity === 'error' ? 'alert' : 'status'}
    >
      <Icon size={16} strokeWidth={1.75} className={styles.icon} aria-hidden />
      <div className={styles.text}>
        <p>
          <span>{message}</span> {hint !== undefined && <span className={styles.hint}>{hint}</span>}
        </p>
        {details && (
          <details>
            <summary>{details.title}</summary>
            <ul>
              {details.lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      {onDismiss !== undefined && (
        <IconButton label="Dismiss" onClick={onDismiss}>
          <X size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
