import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { Command } from '../commands/command';
import { selectionTitle } from '../store/selection';
import { useEditorStore } from '../store/useEditor';
import { useUi, useUiStore } from '../store/uiStore';
import { IconButton } from '../ui/IconButton';
import { Kbd } from '../ui/Kbd';
import { sheetSections } from './sheetSections';
import styles from './ShortcutSheet.module.css';

/** Gestures that have no command. */
const GESTURES: readonly (readonly [string, string])[] = [
  ['Double-click the canvas', 'Add a node at the pointer'],
  ['Drop a link on empty canvas', 'Add a node that the link fits'],
  ['Drop a link on a node', 'Connect to the port that fits'],
  ['Drop a kind of node on a node or port', 'Add it beside, connected'],
  ['Double-click a label', 'Rename'],
  ['Drop a link on a collapsed group', 'Connect to a port inside'],
  ['Drop a link on an input that is taken', 'Replace its link'],
  ['Pull a link off its input', 'Lead it elsewhere, or drop it to remove it'],
  ['Pull an end of a selected edge', 'Lead that end elsewhere'],
  ['Drop a node on an edge', 'Insert it there'],
  ['Double-click an edge', 'Bend it there; again takes the bend away'],
  ['Right click, long press', 'Menu of what is there'],
  ['Double-click a collapsed group', 'Open it'],
  ['Alt-drag', 'Leave a copy where the drag ends'],
  ['Shift-drag', 'Select with a box'],
  ['Scroll, drag the canvas', 'Zoom, pan'],
  ['Tab', 'From node to node'],
  ['Arrows', 'Move the selection'],
  ['Shift and arrows', 'Move it in larger steps'],
];

/** All shortcuts on one sheet (`?`): first what can be done with the selection. */
export function ShortcutSheet({ commands }: { commands: readonly Command[] }) {
  const ui = useUiStore();
  const open = useUi((state) => state.shortcutSheet);
  const { getState } = useEditorStore();
  const sections = open ? sheetSections(commands, selectionTitle(getState().selection)) : [];
  return (
    <Dialog.Root open={open} onOpenChange={(shortcutSheet) => ui.setState({ shortcutSheet })}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.overlay} />
        <Dialog.Content className={styles.sheet} aria-describedby={undefined}>
          <header className={styles.head}>
            <Dialog.Title className={styles.title}>Keyboard shortcuts</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close">
                <X size={16} aria-hidden />
              </IconButton>
            </Dialog.Close>
          </header>
          {/* It may be higher than the window: the keyboard scrolls it. */}
          <div className={styles.columns} role="region" aria-label="Shortcuts" tabIndex={0}>
            {sections.map(([heading, list]) => (
              <section key={heading} className={styles.section}>
                <h3>{heading}</h3>
                <dl>
                  {list.map(({ id, title, keys = [] }) => (
                    <div key={id} className={styles.row}>
                      <dt>{title.replace(/…$/, '')}</dt>
                      <dd>
                        {keys.map((combination) => (
                          <Kbd key={combination} keys={combination} />
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
            <section className={styles.section}>
              <h3>Gestures</h3>
              <dl>
                {GESTURES.map(([gesture, meaning]) => (
                  <div key={gesture} className={styles.row}>
                    <dt>{meaning}</dt>
                    <dd>{gesture}</dd>
                  </div>
                ))}
              </dl>
            </section>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
