import type { ReactNode } from 'react';
import styles from './EmptyPanel.module.css';

interface EmptyPanelProps {
  readonly icon: ReactNode;
  readonly title: string;
  /** What will be here, and what makes it appear. */
  readonly children: ReactNode;
  /** What can be done about it. */
  readonly actions?: ReactNode;
}

/** What a panel says while it has nothing to show. */
export function EmptyPanel({ icon, title, children, actions }: EmptyPanelProps) {
  return (
    <div className={styles.empty}>
      {icon}
      <p className={styles.title}>{title}</p>
      <p className={styles.text}>{children}</p>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
