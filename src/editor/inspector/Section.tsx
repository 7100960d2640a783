import type { ReactNode } from 'react';
import styles from './Inspector.module.css';

export function Section({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      {title !== undefined && <h3 className={styles.heading}>{title}</h3>}
      {children}
    </section>
  );
}
