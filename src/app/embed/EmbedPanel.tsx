import { Suspense, useState } from 'react';
import { DockToolsContext } from '../../panels/DockTools';
import { PanelMemory } from '../../panels/usePanelState';
import { DOCK_TABS } from '../dock/dockTabs';
import styles from './Embed.module.css';

/** The one panel of a graph inside another page. */
export function EmbedPanel({ panel }: { panel: string }) {
  const shown = DOCK_TABS.find(({ id }) => id === panel) ?? DOCK_TABS[0];
  const [tools, setTools] = useState<HTMLElement | null>(null);
  const [memory] = useState(() => new Map<string, unknown>());
  if (shown === undefined) return null;
  const { title, Panel } = shown;
  return (
    <section className={styles.panel} aria-label={title} data-testid="dock">
      <div className={styles.head}>
        <h2>{title}</h2>
        <div ref={setTools} className={styles.tools} />
      </div>
      <div className={styles.content}>
        <DockToolsContext value={tools}>
          <PanelMemory value={memory}>
            <Suspense>
              <Panel />
            </Suspense>
          </PanelMemory>
        </DockToolsContext>
      </div>
    </section>
  );
}
