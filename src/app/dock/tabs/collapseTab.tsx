import { CollapsePanel } from '../../../panels/collapse/CollapsePanel';
import { useRun } from '../../../panels/run/useRun';
import { verdictTone } from '../../../panels/run/verdictTone';
import type { DockTab } from '../dockTab';
import styles from '../Dock.module.css';

export const collapseTab: DockTab = {
  id: 'collapse',
  title: 'Collapse',
  command: { title: 'Show the collapse diagnosis', keywords: 'verdict rank std gap' },
  Panel: CollapsePanel,
  Mark: VerdictDot,
};

function VerdictDot() {
  const verdict = useRun(({ report }) => report?.verdict ?? null);
  if (verdict === null) return null;
  return (
    <span
      className={styles.dot}
      data-tone={verdictTone(verdict)}
      data-tip={`Latest verdict: ${verdict}`}
    />
  );
}
