import { useOverallJudgement } from '../../../panels/verdict/useJudgement';
import type { DockTab } from '../dockTab';
import { laterPanel } from '../laterPanel';
import styles from '../Dock.module.css';

export const collapseTab: DockTab = {
  id: 'collapse',
  title: 'Collapse',
  command: { title: 'Show the collapse diagnosis', keywords: 'verdict rank std gap' },
  needsRun: true,
  Panel: laterPanel(
    'Collapse',
    async () => (await import('../../../panels/collapse/CollapsePanel')).CollapsePanel,
  ),
  Mark: VerdictDot,
};

function VerdictDot() {
  const judgement = useOverallJudgement();
  if (judgement === null) return null;
  return (
    <span
      className={styles.dot}
      data-tone={judgement.tone}
      data-tip={`Latest verdict: ${judgement.label}`}
    />
  );
}
