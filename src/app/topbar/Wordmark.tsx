import styles from './TopBar.module.css';

/** Low energy is a basin. */
export function Wordmark() {
  return (
    <span className={styles.wordmark}>
      <svg width={22} height={22} viewBox="0 0 24 24" aria-hidden>
        <path
          d="M2 5c3.4 0 4.2 12.5 10 12.5S18.6 5 22 5"
          fill="none"
          stroke="currentColor"
          strokeWidth={2}
          strokeLinecap="round"
        />
        <circle cx={12} cy={13} r={2.5} fill="var(--accent)" />
      </svg>
      Basin
    </span>
  );
}
