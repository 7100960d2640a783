import type { ShownJudgement } from '../verdict/standing';
import { JudgementMark } from '../verdict/VerdictMark';
import styles from './Collapse.module.css';

/** A verdict with why. */
export function VerdictLine({ judgement }: { judgement: ShownJudgement }) {
  return (
    <div className={styles.overall}>
      <JudgementMark {...judgement} reason="" chip />
      <p className={styles.reason} data-tip={judgement.reason}>
        {judgement.reason}
      </p>
    </div>
  );
}
