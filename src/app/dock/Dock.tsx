import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { CollapsePanel } from '../../panels/collapse/CollapsePanel';
import { DockToolsContext } from '../../panels/DockTools';
import { KernelsPanel } from '../../panels/kernels/KernelsPanel';
import { TrainingPanel } from '../../panels/training/TrainingPanel';
import { useOverallJudgement } from '../../panels/verdict/useJudgement';
import type { DockTab } from '../page/pageStore';
import { useApp, usePage } from '../useApp';
import styles from './Dock.module.css';

/** What a run shows, below the canvas. */
export function Dock() {
  const { page } = useApp();
  const tab = usePage((state) => state.tab);
  const judgement = useOverallJudgement();
  const [tools, setTools] = useState<HTMLElement | null>(null);
  return (
    <Tabs.Root
      className={styles.dock}
      value={tab}
      onValueChange={(value) => page.setState({ tab: value as DockTab })}
    >
      <div className={styles.head}>
        <Tabs.List className={styles.tabs} aria-label="What the run shows">
          <Tabs.Trigger className={styles.tab} value="training">
            Training
          </Tabs.Trigger>
          <Tabs.Trigger className={styles.tab} value="collapse">
            Collapse
            {judgement !== null && (
              <span
                className={styles.dot}
                data-tone={judgement.tone}
                data-tip={`Latest verdict: ${judgement.label}`}
              />
            )}
          </Tabs.Trigger>
          <Tabs.Trigger className={styles.tab} value="kernels">
            Kernels
          </Tabs.Trigger>
        </Tabs.List>
        <div ref={setTools} className={styles.tools} />
      </div>
      <DockToolsContext value={tools}>
        <Tabs.Content className={styles.content} value="training" tabIndex={-1}>
          <TrainingPanel />
        </Tabs.Content>
        <Tabs.Content className={styles.content} value="collapse" tabIndex={-1}>
          <CollapsePanel />
        </Tabs.Content>
        <Tabs.Content className={styles.content} value="kernels" tabIndex={-1}>
          <KernelsPanel />
        </Tabs.Content>
      </DockToolsContext>
    </Tabs.Root>
  );
}
