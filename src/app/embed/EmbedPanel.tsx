import { useState } from 'react';
import { DockToolsContext } from '../../panels/DockTools';
import { PanelMemory } from '../../panels/usePanelState';
import { DOCK_TABS } from '../dock/dockTabs';
import dock from '../dock/Dock.module.css';
import styles from './Embed.module.css';

/** The one panel of a graph inside another page. */
export function EmbedPanel({ panel }: { panel: string }) {
  const shown = DOCK_TABS.find(({ id }) => id === panel) ?? DOCK_TABS[0];
  const [tools, setTools] = useState<HTMLElement | null>(null);
  const [memory] = useState(() => new Map<string, unknown>());
  if (shown === undefined) return null;
  const { title, Panel } = shown;
  return (
    <section className={dock.dock} aria-label={title} data-testid="dock">
      <div className={`${dock.head} ${styles.head}`}>
        <h2>{title}</h2>
        <div ref={setTools} className={dock.tools} />
      </div>
      <div className={dock.content}>
        <DockToolsContext value={tools}>
          <PanelMemory value={memory}>
            <Panel />
          </PanelMemory>
        </DockToolsContext>
      </div>
    </section>
  );
}
