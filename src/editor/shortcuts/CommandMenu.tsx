import { useReactFlow } from '@xyflow/react';
import { Command as Menu } from 'cmdk';
import { useCallback, useState } from 'react';
import { canvasCentre } from '../canvas/flow/canvasBox';
import type { Command } from '../commands/command';
import { useUi, useUiStore } from '../store/uiStore';
import { Kbd } from '../ui/Kbd';
import styles from './CommandMenu.module.css';
import { menuGroups, type MenuEntry } from './menuGroups';
import type { Recent, ThingSource } from './things';
import { useMenuEntries } from './useMenuEntries';

interface CommandMenuProps {
  readonly commands: readonly Command[];
  /** What else it opens. */
  readonly sources: readonly ThingSource[];
  readonly recent: Recent;
}

/**
 * Everything, by name (Ctrl/⌘+K): what can be done, and what can be gone to or opened. What cannot be done now stays in the list
 * with the reason.
 */
export function CommandMenu(props: CommandMenuProps) {
  const ui = useUiStore();
  const open = useUi((state) => state.commandMenu);
  const [query, setQuery] = useState('');
  return (
    <Menu.Dialog
      open={open}
      onOpenChange={(commandMenu) => {
        setQuery('');
        ui.setState({ commandMenu });
      }}
      label="Command menu"
      overlayClassName={styles.overlay}
      contentClassName={styles.dialog}
      shouldFilter={false}
      loop
    >
      <Menu.Input
        className={styles.input}
        value={query}
        onValueChange={setQuery}
        placeholder="What do you want to do?"
      />
      {open && (
        <Entries
          {...props}
          query={query}
          onDone={() => {
            setQuery('');
            ui.setState({ commandMenu: false });
          }}
        />
      )}
    </Menu.Dialog>
  );
}

function Entries({
  commands,
  sources,
  recent,
  query,
  onDone,
}: CommandMenuProps & { readonly query: string; readonly onDone: () => void }) {
  const flow = useReactFlow();
  const centre = useCallback(() => flow.screenToFlowPosition(canvasCentre()), [flow]);
  const entries = useMenuEntries(commands, sources, centre);
  const groups = menuGroups(entries, query, recent.list());
  return (
    <>
      <Menu.List className={styles.list}>
        <Menu.Empty className={styles.empty}>Nothing is called that.</Menu.Empty>
        {groups.map(({ heading, entries: shown, left }) => (
          <Menu.Group key={heading} heading={heading} className={styles.group}>
            {shown.map((entry) => (
              <Entry
                key={entry.id}
                entry={entry}
                value={`${heading} ${entry.id}`}
                onRun={() => {
                  onDone();
                  recent.note(entry.id);
                  entry.run();
                }}
              />
            ))}
            {left > 0 && <div className={styles.left}>{left} more: type another word</div>}
          </Menu.Group>
        ))}
      </Menu.List>
      {query.trim() === '' && (
        <p className={styles.foot}>
          Type to find nodes, kinds of node, templates, documents and runs too.
        </p>
      )}
    </>
  );
}

function Entry({
  entry,
  value,
  onRun,
}: {
  readonly entry: MenuEntry;
  readonly value: string;
  readonly onRun: () => void;
}) {
  const { title, hint, keys, command } = entry;
  const reason = command?.disabled?.() ?? null;
  return (
    <Menu.Item className={styles.item} value={value} disabled={reason !== null} onSelect={onRun}>
      <span className={styles.title}>{title}</span>
      {reason !== null && <span className={styles.reason}>{reason}</span>}
      {hint !== undefined && <span className={styles.hint}>{hint}</span>}
      {keys !== undefined && <Kbd keys={keys} />}
    </Menu.Item>
  );
}
