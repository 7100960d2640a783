import { useOverallJudgement } from '../../panels/verdict/useJudgement';
import { JudgementMark } from '../../panels/verdict/VerdictMark';
import { collapseTab } from '../dock/tabs/collapseTab';
import { showTab } from '../page/pageStore';
import { useApp } from '../useApp';
import styles from './TopBar.module.css';

/** The verdict on the run as it stands; opens the evidence. */
export function VerdictChip() {
  const { page } = useApp();
  const judgement = useOverallJudgement();
  if (judgement === null) {
    return <span className={`${styles.verdictPlace} ${styles.noVerdict}`}>No verdict yet</span>;
  }
  return (
    <span className={styles.verdictPlace}>
      <button
        type="button"
        className={styles.verdict}
        data-testid="verdict"
        onClick={() => showTab(page, collapseTab.id)}
      >
        <JudgementMark {...judgement} chip />
      </button>
    </span>
  );
}
