import type { ReactNode } from 'react';
import styles from './EmptyPanel.module.css';

interface EmptyPanelProps {
  readonly icon: ReactNode;
  readonly title: string;
  /** What will be here, and what makes it appear. */
  readonly children: ReactNode;
}

/** What a panel says while it has nothing to show. */
export function EmptyPanel({ icon, title, children }: EmptyPanelProps) {
  return (
    <div className={styles.empty}>
      {icon}
      <p className={styles.title}>{title}</p>
      <p className={styles.text}>{children}</p>
    </div>
  );
}
