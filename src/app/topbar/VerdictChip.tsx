import { useRun } from '../../panels/run/useRun';
import { VerdictMark } from '../../panels/verdict/VerdictMark';
import { collapseTab } from '../dock/tabs/collapseTab';
import { useApp } from '../useApp';
import styles from './TopBar.module.css';

/** The overall verdict of the latest evaluation; opens the evidence. */
export function VerdictChip() {
  const { page } = useApp();
  const report = useRun((state) => state.report);
  if (report === null) {
    return <span className={`${styles.verdictPlace} ${styles.noVerdict}`}>No verdict yet</span>;
  }
  return (
    <span className={styles.verdictPlace}>
      <button
        type="button"
        className={styles.verdict}
        data-testid="verdict"
        onClick={() => page.setState({ tab: collapseTab.id })}
      >
        <VerdictMark verdict={report.verdict} reason={report.reason} chip />
      </button>
    </span>
  );
}
