import type { ArenaNumbers } from '../../codegen/report/planNumbers';
import { formatBytes } from '../../core/formatNumber';
import styles from './MemoryTable.module.css';

/** The buffers of a plan: shown while no kernel is chosen. */
export function MemoryTable({ arenas }: { readonly arenas: readonly ArenaNumbers[] }) {
  const largest = Math.max(1, ...arenas.map(({ bytes }) => bytes));
  const sorted = [...arenas].sort((a, b) => b.bytes - a.bytes);
  return (
    <section className={styles.memory} aria-label="Memory">
      <p className={styles.hint}>
        Choose a kernel: its nodes light up. Select nodes: their kernels are listed.
      </p>
      <div className={styles.scroller} tabIndex={0} role="region" aria-label="Buffers">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Buffer</th>
              <th scope="col" className={styles.number}>
                Arrays
              </th>
              <th scope="col" className={styles.number}>
                Size
              </th>
              <th scope="col" aria-hidden />
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ label, bytes, arrays }, index) => (
              <tr key={index}>
                <th scope="row">{label}</th>
                <td className={styles.number}>{arrays}</td>
                <td className={styles.number}>{formatBytes(bytes)}</td>
                <td className={styles.share} aria-hidden>
                  <span style={{ width: `${(100 * bytes) / largest}%` }} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
