import { ContextMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { Fragment, useRef } from 'react';
import type { Command } from '../commands/command';
import { isTextField } from '../shortcuts/isTextField';
import { EMPTY_SELECTION, selectionOf } from '../store/selection';
import { useEditor, useEditorStore } from '../store/useEditor';
import { Kbd } from '../ui/Kbd';
import styles from '../ui/Menu.module.css';
import { MENU_ITEMS, menuTarget } from './menuItems';

interface CanvasMenuProps {
  readonly commands: readonly Command[];
  /** The canvas. */
  readonly children: ReactNode;
}

/**
 * What can be done with what is under the pointer, by right click, by a long press, or for the selection by key. What is
 * not selected yet is selected by that, so that commands mean it.
 */
export function CanvasMenu({ commands, children }: CanvasMenuProps) {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  const chosen = useRef<Command | null>(null);
  const pressed = useRef<Element | null>(null);
  const held = useRef(false);

  const aim = (event: React.MouseEvent): void => {
    const { target } = event;
    pressed.current = null;
    // The browser's own: for text, and beside the graph.
    if (isTextField(target) || !(target instanceof Element) || !target.closest('.react-flow__pane'))
      event.stopPropagation();
    else select(target);
  };
  /** Some browsers tell of no right click when a finger rests. */
  const aimByTouch = (): void => {
    held.current = pressed.current !== null;
    if (pressed.current?.closest('.react-flow__pane')) select(pressed.current);
  };
  const select = (target: Element): void => {
    const item = target.closest('.react-flow__node, .react-flow__edge');
    const id = item?.getAttribute('data-id');
    if (!item || id == null) {
      store.select(EMPTY_SELECTION);
      return;
    }
    const { nodes, groups, edges } = store.getState().selection;
    if (nodes.has(id) || groups.has(id) || edges.has(id)) return;
    if (item.matches('.react-flow__edge')) store.select(selectionOf({ edges: [id] }));
    else if (item.matches('.react-flow__node-graph')) store.select(selectionOf({ nodes: [id] }));
    else store.select(selectionOf({ groups: [id] }));
  };

  return (
    <ContextMenu.Root modal={false} onOpenChange={(open) => open && aimByTouch()}>
      <ContextMenu.Trigger
        asChild
        disabled={readOnly}
        onContextMenuCapture={aim}
        onPointerDownCapture={({ pointerType, target }) => {
          held.current = false;
          pressed.current = pointerType !== 'mouse' && target instanceof Element ? target : null;
        }}
        // Lifting the finger is no tap beside the menu, which would close it.
        onTouchEndCapture={(event) => held.current && event.preventDefault()}
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          className={styles.menu}
          collisionPadding={8}
          data-canvas-menu=""
          // Letters go to its items here, not to shortcuts.
          onKeyDown={(event) => event.stopPropagation()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            focusSelection(store.getState().selection);
            // What opens a dialog gives it the keyboard, which the menu no longer takes back.
            chosen.current?.run();
            chosen.current = null;
          }}
        >
          <Items commands={commands} onChoose={(command) => (chosen.current = command)} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function Items(props: { commands: readonly Command[]; onChoose: (command: Command) => void }) {
  const { commands, onChoose } = props;
  const { selection } = useEditorStore().getState();
  const parts = MENU_ITEMS[menuTarget(selection)];
  return parts.map((ids, index) => (
    <Fragment key={ids.join()}>
      {index > 0 && <ContextMenu.Separator className={styles.separator} />}
      {ids.map((id) => {
        const command = commands.find((one) => one.id === id);
        if (command === undefined) return null;
        const reason = command.disabled?.() ?? null;
        const [keys] = command.keys ?? [];
        return (
          <ContextMenu.Item
            key={id}
            className={styles.item}
            disabled={reason !== null}
            onSelect={() => onChoose(command)}
            {...(reason !== null && { 'data-tip': reason })}
          >
            <span className={styles.text}>{command.title}</span>
            {keys !== undefined && <Kbd keys={keys} />}
          </ContextMenu.Item>
        );
      })}
    </Fragment>
  ));
}

/** The keyboard goes back to what the menu was about. */
function focusSelection({ nodes, groups, edges }: ReturnType<typeof selectionOf>): void {
  const [id] = [...nodes, ...groups, ...edges];
  const element =
    id === undefined
      ? document.querySelector<HTMLElement>('.react-flow__pane')
      : document.querySelector<HTMLElement | SVGElement>(
          `:is(.react-flow__node, .react-flow__edge)[data-id="${id}"]`,
        );
  element?.focus({ preventScroll: true });
}
