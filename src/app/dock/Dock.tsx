import { PanelBottomClose } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { DockToolsContext } from '../../panels/DockTools';
import { PanelMemory } from '../../panels/usePanelState';
import { useScreen } from '../../editor/narrow/screen';
import { IconButton } from '../../editor/ui/IconButton';
import { showTab } from '../page/pageStore';
import { useApp, usePage } from '../useApp';
import styles from './Dock.module.css';
import { DOCK_TABS } from './dockTabs';
import { MoreTabs } from './MoreTabs';

/** What a run shows, below the canvas. Folded it is a bar with its tabs, and a tab opens it. */
export function Dock() {
  const { page } = useApp();
  const isWide = useScreen() === 'wide';
  // In a narrow window it is a view of its own.
  const isOpen = usePage(({ dockOpen, view }) => (isWide ? dockOpen : view === 'run'));
  const chosen = usePage((state) => state.tab) ?? DOCK_TABS[0]?.id;
  const tab = isOpen ? chosen : '';
  const [tools, setTools] = useState<HTMLElement | null>(null);
  const [memory] = useState(() => new Map<string, unknown>());
  const list = useRef<HTMLDivElement>(null);
  // It may lie where the list has to be scrolled to: opened by a command, or pushed out by its own tools.
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const open = element.querySelector('[data-state="active"]');
      open?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [tab]);
  return (
    <Tabs.Root
      className={styles.dock}
      data-testid="dock"
      {...(tab === undefined ? {} : { value: tab })}
      // Who only passes through the bar does not open it.
      activationMode={isOpen ? 'automatic' : 'manual'}
      onValueChange={(value) => showTab(page, value)}
    >
      <div className={styles.head}>
        <Tabs.List ref={list} className={styles.tabs} aria-label="What the run shows">
          {DOCK_TABS.map(({ id, title, Mark }) => (
            <Tabs.Trigger key={id} className={styles.tab} value={id}>
              <span>{title}</span>
              {Mark && <Mark />}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <span className={styles.more}>
          <MoreTabs list={list} tab={tab} onChange={(value) => showTab(page, value)} />
        </span>
        <div ref={setTools} className={styles.tools} />
        {isOpen && isWide && (
          <IconButton
            className={styles.fold}
            label="Fold the dock"
            // A command does it by keyboard, and so does the border above.
            tabIndex={-1}
            onClick={() => page.setState({ dockOpen: false })}
          >
            <PanelBottomClose size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        )}
      </div>
      <DockToolsContext value={tools}>
        <PanelMemory value={memory}>
          {DOCK_TABS.map(({ id, Panel }) => (
            <Tabs.Content key={id} className={styles.content} value={id} tabIndex={-1}>
              {/* Its code comes when it is opened. */}
              <Panel />
            </Tabs.Content>
          ))}
        </PanelMemory>
      </DockToolsContext>
    </Tabs.Root>
  );
}
